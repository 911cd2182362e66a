"""What four people answer, by the page that asks. The people are invented."""

REASON = "Weighed with care: what was done so far did not help."
REASON_NOT = "Weighed with care: two of the reports were made too late to count."


def complaint(happened, reported, *, made_to="police", body=None, by="self", other=""):
    answers = {
        "happened": [("date", "happened", *happened.split("."))],
        "reported": [("date", "reported", *reported.split("."))],
        "made-to": [("choose", "made-to", made_to)],
        "by": [("choose", "by", by)] + ([("type", "other-name", other)] if other else []),
        "what": [("type", "what", "Shouting and banging on the door after midnight.")],
        "more": [("type", "response", "Somebody came and wrote it down."),
                 ("type", "reference", "CR/1234")],
        "hate": [],
    }
    if body:
        answers["body"] = [("choose", "body", body)]
    return answers


COMMON = {
    "question/danger": [("choose", "danger", "no")],
    "question/contact": [("type", "email", "someone@mail.example"), ("type", "phone", "01632 960 001")],
    "question/safe-ways": [("tick", "safe-ways", "EMAIL"), ("tick", "safe-ways", "PHONE"),
                           ("type", "contact-note", "Never before ten.")],
    "question/phone-times": [("type", "phone-from", "10:00"), ("type", "phone-until", "14:00"),
                             ("choose", "voicemail", "no")],
    "question/language": [("choose", "language", "en")],
    "question/adjustments": [("tick", "adjustments", "Large print")],
    "people/*/person": [("type", "person-name", "Marker Perpetrator"),
                        ("type", "person-relation", "neighbour upstairs")],
    "question/risk": [("choose", "risk-frequency", "weekly"), ("tick", "risk", "escalating")],
    "question/impact": [("type", "impact", "We do not sleep.")],
    "question/outcome": [("type", "outcome", "That it ends.")],
    "question/attendance": [("choose", "attendance", "ATTEND_REMOTELY")],
    "question/consent-sharing": [("choose", "consent-sharing", "yes")],
    "question/consent-feedback": [("choose", "consent-feedback", "yes")],
    "question/heard": [("choose", "heard", "WORD_OF_MOUTH")],
}

MYSELF = COMMON | {
    "area": "plymouth",
    "question/who": [("choose", "who", "myself")],
    # Shows the advice at once, and goes on.
    "question/danger": [("choose", "danger", "yes")],
    "question/name": [("type", "name", "Marker Applicant")],
    "complaints": [
        complaint("9.1.2026", "10.1.2026"),
        complaint("1.2.2026", "3.2.2026", made_to="housing", body="livewest"),
        complaint("1.3.2026", "2.3.2026", made_to="council"),
    ],
}

SOMEBODY_ELSE = COMMON | {
    "area": "plymouth",
    "question/who": [("choose", "who", "somebody-else")],
    "question/agreement": [("choose", "agreement", "yes")],
    "question/relation": [("type", "relation", "daughter")],
    "question/their-name": [("type", "their-name", "Marker Victim")],
    "question/their-contact": [("type", "their-email", "victim@mail.example")],
    "question/name": [("type", "name", "Marker Helper")],
    "complaints": [complaint("9.1.2026", "10.1.2026", by="other", other="Neighbour at 2")],
}

GROUP = COMMON | {
    "area": "south-wales",
    "question/who": [("choose", "who", "group")],
    "question/name": [("type", "name", "Marker Chair")],
    "question/organisation": [("type", "organisation", "Marker Residents")],
    "question/language": [("choose", "language", "cy")],
    "complaints": [complaint("9.5.2026", "10.5.2026", made_to="other"),
                   complaint("1.6.2026", "3.6.2026", made_to="other")],
}

BUSINESS = COMMON | {
    "area": "plymouth",
    "question/who": [("choose", "who", "business")],
    "question/name": [("type", "name", "Marker Owner")],
    "question/organisation": [("type", "organisation", "Marker Bakery")],
    "complaints": [complaint("9.1.2026", "10.1.2026", made_to="council")],
}

# Who support is offered by depends on the area: to each the same answer.
SUPPORT = "yes"

# What belongs to the case and to nobody else: none of it is in sight after leaving.
PERSONAL = ["Marker", "mail.example", "960 001", "do not sleep"]

# Pages where nothing has to be answered.
OPTIONAL = {
    "question/adjustments", "question/relation", "question/their-contact", "question/risk",
    "question/impact", "question/outcome", "question/heard", "complaints/*/more", "complaints/*/hate",
}

# What somebody may mistype: what they typed, and the field where it is told.
WRONG = {
    "question/contact": ([("type", "email", "nobody at home"), ("type", "address", "Marker Street 1")], "email"),
    "question/phone-times": ([("type", "phone-from", "late"), ("type", "phone-until", "later")], "phone-from"),
    "question/their-contact": ([("type", "their-email", "nobody at home")], "their-email"),
    "question/agreement": ([("choose", "agreement", "no")], "agreement"),
    "complaints/*/happened": ([("date", "happened", "31", "2", "2026")], "happened-day"),
    "complaints/*/reported": ([("date", "reported", "1", "1", "1999")], "reported-day"),
    "complaints/*/by": ([("choose", "by", "other")], "other-name"),
}

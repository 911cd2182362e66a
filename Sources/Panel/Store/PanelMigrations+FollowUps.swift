import WorkerKit

extension PanelMigrations {
  /// What became of each recommendation, of every round. Of those that are on record already nobody knows by when they
  /// had to be answered; they can be answered all the same.
  static let followUps = Migration(
    "follow-ups",
    """
    CREATE TABLE follow_up (
      case_reference TEXT NOT NULL,
      round BIGINT NOT NULL CHECK (round > 0),
      place BIGINT NOT NULL CHECK (place >= 0),
      policy_digest TEXT NOT NULL REFERENCES policy_pack (digest),
      body TEXT NOT NULL,
      made_on TEXT NOT NULL,
      answer_due_on TEXT,
      asked_by TEXT,
      awaited TEXT CHECK (awaited IN ('answer', 'action')),
      due_on TEXT,
      reminders BIGINT NOT NULL DEFAULT 0,
      overdue_reminders BIGINT NOT NULL DEFAULT 0,
      PRIMARY KEY (case_reference, round, place)
    );
    CREATE INDEX follow_up_awaited ON follow_up (awaited, due_on);
    CREATE TABLE recommendation_answer (
      case_reference TEXT NOT NULL,
      round BIGINT NOT NULL,
      place BIGINT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      answer TEXT NOT NULL CHECK (answer IN ('accepted', 'accepted-in-part', 'not-accepted')),
      answered_on TEXT NOT NULL,
      do_by TEXT,
      reason TEXT NOT NULL,
      PRIMARY KEY (case_reference, round, place, number),
      FOREIGN KEY (case_reference, round, place)
        REFERENCES follow_up (case_reference, round, place),
      CHECK (answer = 'accepted' OR reason <> ''),
      CHECK ((answer = 'not-accepted') = (do_by IS NULL))
    );
    CREATE TABLE action_report (
      case_reference TEXT NOT NULL,
      round BIGINT NOT NULL,
      place BIGINT NOT NULL,
      number BIGINT NOT NULL CHECK (number > 0),
      answer_number BIGINT NOT NULL,
      action TEXT NOT NULL CHECK (action IN ('under-way', 'done', 'not-done')),
      reported_on TEXT NOT NULL,
      report_text TEXT NOT NULL,
      evidence TEXT NOT NULL,
      PRIMARY KEY (case_reference, round, place, number),
      FOREIGN KEY (case_reference, round, place, answer_number)
        REFERENCES recommendation_answer (case_reference, round, place, number),
      CHECK (action = 'done' OR report_text <> ''),
      CHECK (action <> 'done' OR evidence <> '')
    );
    INSERT INTO follow_up (
      case_reference, round, place, policy_digest, body, made_on, awaited
    )
    SELECT recommendation.case_reference, review.round, recommendation.place,
      review.policy_digest, recommendation.body, meeting.held_on, 'answer'
    FROM recommendation
      JOIN review ON review.case_reference = recommendation.case_reference
      JOIN meeting ON meeting.case_reference = recommendation.case_reference;
    INSERT INTO follow_up (
      case_reference, round, place, policy_digest, body, made_on, awaited
    )
    SELECT earlier_recommendation.case_reference, earlier_recommendation.round,
      earlier_recommendation.place, review.policy_digest, earlier_recommendation.body,
      earlier_round.held_on, 'answer'
    FROM earlier_recommendation
      JOIN earlier_round ON earlier_round.case_reference = earlier_recommendation.case_reference
        AND earlier_round.round = earlier_recommendation.round
      JOIN review ON review.case_reference = earlier_recommendation.case_reference
    """)
}

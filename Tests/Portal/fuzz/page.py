"""A page as it was sent: well-formed, with its forms and what stands in them."""
import dataclasses
from xml.etree import ElementTree

TEXT = {"text", "email", "tel", ""}


@dataclasses.dataclass
class Field:
    name: str
    # text, area, radio, checkbox, select, hidden, file or button
    kind: str
    values: list
    # Of a choice: what can be chosen.
    choices: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Form:
    action: str
    is_upload: bool
    fields: list

    def pairs(self):
        """What a browser sends when nothing was touched, and no other button is used."""
        return [(field.name, value) for field in self.fields if field.kind not in ("file", "button")
                for value in field.values]


class Page:
    def __init__(self, text):
        self.root = ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>").strip())
        for element in self.root.iter():
            element.tag = element.tag.split("}")[-1]

    def all(self, *names):
        return [element for element in self.root.iter() if element.tag in names]

    @property
    def title(self):
        return "".join(element.text or "" for element in self.all("title"))

    @property
    def words(self):
        return " ".join("".join(self.root.itertext()).split())

    @property
    def has_faults(self):
        return any(element.get("id") == "faults" for element in self.root.iter())

    @property
    def forms(self):
        """Those of the main part, in order."""
        return [self._form(form) for main in self.all("main") for form in main.iter("form")]

    def links(self):
        return [element.get("href", "") for element in self.all("a")]

    def _form(self, form):
        fields = {}

        def field(name, kind):
            return fields.setdefault(name, Field(name, kind, []))

        for element in form.iter():
            name, kind = element.get("name"), element.get("type", "")
            if name is None:
                continue
            if element.tag == "textarea":
                field(name, "area").values = [element.text or ""]
            elif element.tag == "select":
                options = list(element.iter("option"))
                one = field(name, "select")
                one.choices = [option.get("value", "") for option in options]
                one.values = [option.get("value", "") for option in options if option.get("selected")]
            elif element.tag == "button":
                field(name, "button").values.append(element.get("value", ""))
            elif element.tag == "input" and kind in ("radio", "checkbox"):
                one = field(name, kind)
                one.choices.append(element.get("value", ""))
                if element.get("checked"):
                    one.values.append(element.get("value", ""))
            elif element.tag == "input" and kind in ("hidden", "file"):
                one = field(name, kind)
                if kind == "hidden":
                    one.values.append(element.get("value", ""))
            elif element.tag == "input" and kind in TEXT:
                field(name, "text").values = [element.get("value", "")]
        return Form(form.get("action", ""), form.get("enctype") == "multipart/form-data",
                    list(fields.values()))

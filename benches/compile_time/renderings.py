"""The model as a spec directory for `service!`, and as the structs that an SDK on serde's derives has.

Both have the same structs, fields, docs, constructors, setters and methods.
"""

import re
from pathlib import Path

SCALARS = {"string": "String", "int64": "i64", "uint64": "u64", "float": "f64", "bool": "bool", "timestamp": "String"}
SERVICE = """service = "synthetic"
version = "2018-07-17"
summary = "Synthetic"
doc     = "As large as the whole VOD API."

[endpoints]
mainland = "synthetic.example.com"

[errors]
InternalError = { class = "service", doc = "The service failed." }
"""


def write_specs(directory, types, actions):
    """One file for each action, and types in files of fifty."""
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "service.toml").write_text(SERVICE)
    names = sorted(types)
    for start in range(0, len(names), 50):
        text = "".join(_spec_type(name, types[name]) for name in names[start:start + 50])
        (directory / f"types_{start:03}.toml").write_text(text)
    for name, (request, response) in actions.items():
        text = f'action = "{name}"\nsummary = "Calls {name} of the model."\ndoc = "{"It does what it does. " * 5}"\n'
        text += "rate-limit = 100\n\n"
        text += "".join(_spec_field(f"request.{field['name']}", field) for field in request)
        text += "".join(_spec_field(f"response.{field['name']}", field) for field in response)
        (directory / f"{name}.toml").write_text(text)


def _spec_type(name, fields):
    text = f'[types.{name}]\ndoc = "The type {name} of the model."\n\n'
    return text + "".join(_spec_field(f"types.{name}.fields.{field['name']}", field) for field in fields)


def _spec_field(path, field):
    required = "required = true\n" if field["required"] else ""
    return f'[{path}]\ntype = "{field["kind"]}"\n{required}doc = "{field["doc"]}"\n\n'


def derive_rendering(types, actions):
    """The Rust source that serde's derives work on."""
    sent = _reached({name for request, _ in actions.values() for name in _references(request)}, types)
    out = ["//! Rendered by the benchmark.\n#![allow(dead_code)]\nuse serde::{Deserialize, Serialize};\n"]
    for name, fields in types.items():
        out.append(_struct(name, f"The type {name} of the model.", fields, name in sent))
    methods = []
    for name, (request, response) in actions.items():
        out.append(_struct(f"{name}Request", f"Parameters of {name}.", request, True))
        response = response + [{"name": "RequestId", "kind": "string", "required": True, "doc": "The id of the call."}]
        out.append(_struct(f"{name}Response", f"Answer of {name}.", response, False))
        methods.append(
            f"/// Calls {name} of the model.\n///\n/// {'It does what it does. ' * 5}\n"
            f"pub async fn {_snake(name)}(&self, request: {name}Request) -> Result<{name}Response, crate::Error> "
            f'{{ self.call("{name}", &request).await }}\n'
        )
    out.append("impl crate::Client {\n" + "".join(methods) + "}\n")
    return "".join(out)


def _references(fields):
    return {m.group() for field in fields if (m := re.search(r"T\d{3}", field["kind"]))}


def _reached(names, types):
    open_names, reached = list(names), set()
    while open_names:
        name = open_names.pop()
        if name not in reached:
            reached.add(name)
            open_names += _references(types[name])
    return reached


def _snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _ident(name):
    snake = _snake(name)
    return f"r#{snake}" if snake in ("type", "ref", "use", "in") else snake


def _struct(name, doc, fields, sent):
    lines = [
        f"/// {doc}\n#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]\n"
        f"#[serde(default)]\n#[non_exhaustive]\npub struct {name} {{\n"
    ]
    for field in fields:
        stored, _, _ = _types(field)
        skip = ""
        if stored.startswith("Option"):
            skip = ', skip_serializing_if = "Option::is_none"'
        elif stored.startswith("Vec") and not field["required"]:
            skip = ', skip_serializing_if = "Vec::is_empty"'
        lines.append(
            f"/// {field['doc']}\n#[serde(rename = \"{field['name']}\"{skip})]\n"
            f"pub {_ident(field['name'])}: {stored},\n"
        )
    lines.append("}\n")
    if sent:
        lines.append(_constructors(name, fields))
    return "".join(lines)


def _constructors(name, fields):
    required = [field for field in fields if field["required"]]
    parameters = ", ".join(f"{_ident(f['name'])}: {_types(f)[1]}" for f in required)
    values = "".join(f"{_ident(f['name'])}: {_types(f)[2]}, " for f in required)
    rest = "..Default::default()" if len(required) < len(fields) else ""
    lines = [
        f"impl {name} {{\n/// With the fields that must be given.\n"
        f"#[must_use]\npub fn new({parameters}) -> Self {{ Self {{ {values}{rest} }} }}\n"
    ]
    for field in fields:
        if not field["required"]:
            ident, (_, argument, value) = _ident(field["name"]), _types(field)
            lines.append(
                f"/// Sets `{field['name']}`: {field['doc']}\n#[must_use]\n"
                f"pub fn {ident}(mut self, {ident}: {argument}) -> Self {{ self.{ident} = {value}; self }}\n"
            )
    return "".join(lines) + "}\n"


def _types(field):
    """(stored type, argument type, stored value) of a field."""
    kind, ident = field["kind"], _ident(field["name"])
    element = SCALARS.get(kind.strip("[]"), kind.strip("[]"))
    if kind.startswith("["):
        if element == "String":
            return f"Vec<{element}>", "impl IntoIterator<Item = impl Into<String>>", f"{ident}.into_iter().map(Into::into).collect()"
        return f"Vec<{element}>", f"impl IntoIterator<Item = {element}>", f"{ident}.into_iter().collect()"
    argument, value = ("impl Into<String>", f"{ident}.into()") if element == "String" else (element, ident)
    if field["required"]:
        return element, argument, value
    if element.startswith("T"):
        return f"Option<Box<{element}>>", argument, f"Some(Box::new({value}))"
    return f"Option<{element}>", argument, f"Some({value})"

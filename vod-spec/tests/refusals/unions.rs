//! Types that carry one of several members.

use crate::{refused_action, refused_files};

/// A file with one type; `head` is line 3, `members` begin at line 4.
#[track_caller]
fn refused_type(head: &str, members: &str, expected: &[&str]) {
    refused_files(&[("types.toml", &format!("[types.T]\ndoc = \"D.\"\n{head}\n{members}"))], expected);
}

const TAG: &str = "[types.T.fields.Kind]\ntype = \"string\"\nrequired = true\ndoc = \"Tells.\"\n";
const MEMBER: &str = "[types.T.fields.A]\ntype = \"json\"\ntag = \"a\"\ndoc = \"One.\"\n";

#[test]
fn a_union_has_a_name_a_tag_and_tagged_members() {
    let whole = "unknown-members = \"keep\"\nunion = { name = \"Payload\", tag = \"Kind\" }";
    refused_type(whole, &format!("{TAG}{MEMBER}"), &[]);
    refused_type(
        "unknown-members = \"keep\"\nunion = { name = \"Payload\" }",
        &format!("{TAG}{MEMBER}"),
        &[
            "specs/types.toml:4:9 [T] `tag` is missing; write `{ name = \"...\", tag = \"...\" }`",
            "specs/types.toml:9:17 [T.A] `tag` stands in a type that is no union; remove `tag`, or add \
             `union = { name = \"...\", tag = \"...\" }` to the type",
        ],
    );
    refused_type(
        "unknown-members = \"keep\"\nunion = { name = \"T\", tag = \"Knid\" }",
        &format!("{TAG}{MEMBER}"),
        &[
            "specs/types.toml:4:9 [T] the union's name `T` is taken by a type, an enumeration or an action; choose another one",
            "specs/types.toml:4:9 [T] the union's tag `Knid` is no member of the type; did you mean `Kind`?",
        ],
    );
    refused_type(
        "union = { name = \"Payload\", tag = \"Kind\" }",
        TAG,
        &[
            "specs/types.toml:3:9 [T] a union must keep members that it does not know; add `unknown-members = \"keep\"`",
            "specs/types.toml:3:9 [T] no member of the union has a `tag`; add `tag = \"...\"` to its members",
        ],
    );
}

#[test]
fn members_may_be_absent_and_have_tags_of_their_own() {
    let whole = "unknown-members = \"keep\"\nunion = { name = \"Payload\", tag = \"Kind\" }";
    let twin = MEMBER.replace("fields.A", "fields.B");
    refused_type(
        whole,
        &format!("{TAG}{MEMBER}{twin}"),
        &["specs/types.toml:13:17 [T.B] the tag `a` is also that of `A`; give each member a tag of its own"],
    );
    refused_type(
        whole,
        &format!("{TAG}{}", MEMBER.replace("json", "[json]")),
        &[
            "specs/types.toml:9:17 [T.A] a member with a `tag` must be one that may be absent; make it an object or \
           `json` that is neither required nor a list",
        ],
    );
    refused_type(
        whole,
        &format!("{}{MEMBER}", TAG.replace("required = true\n", "")),
        &[
            "specs/types.toml:4:9 [T] the union's tag `Kind` is no text; name a text or an enumeration that is required",
        ],
    );
}

#[test]
fn a_response_may_be_a_union_and_a_request_is_none() {
    let fields = "[response.Kind]\ntype = \"string\"\nrequired = true\ndoc = \"D.\"\n\
                  [response.A]\ntype = \"json\"\ntag = \"a\"\ndoc = \"D.\"\n";
    refused_action(&format!("union = {{ name = \"Payload\", tag = \"Kind\" }}\n{fields}"), &[]);
    refused_action(
        fields,
        &["specs/a/Act.toml:8:11 [Act.A] `tag` stands in a response that is no union; remove `tag`, or add \
           `union = { name = \"...\", tag = \"...\" }` to the action"],
    );
    refused_action(
        &fields.replace("response", "request"),
        &[
            "specs/a/Act.toml:8:10 [Act.A] `tag` stands in a request that is no union; remove `tag`; only types and \
           responses can be unions",
        ],
    );
    refused_action(
        &format!("union = {{ name = \"ActResponse\", tag = \"Knid\" }}\n{fields}"),
        &[
            "specs/a/Act.toml:4:9 [Act] the union's name `ActResponse` is taken by a type, an enumeration or an action; choose another one",
            "specs/a/Act.toml:4:9 [Act] the union's tag `Knid` is no member of the response; did you mean `Kind`?",
        ],
    );
    refused_action(
        "union = { name = \"Payload\" }\n",
        &["specs/a/Act.toml:4:9 [Act] `tag` is missing; write `{ name = \"...\", tag = \"...\" }`"],
    );
    refused_action(
        "union = { name = \"Payload\", tag = \"Kind\" }\n\
         [response.Kind]\ntype = \"string\"\nrequired = true\ndoc = \"D.\"\n\
         [response.UnknownMembers]\ntype = \"json\"\ntag = \"a\"\ndoc = \"D.\"\n",
        &[
            "specs/a/Act.toml:4:9 [Act] no member of the union has a `tag`; add `tag = \"...\"` to its members",
            "specs/a/Act.toml:9:11 [Act.UnknownMembers] the field becomes `unknown_members` in Rust, which a response with a `union` has already; give it a `rust-name`",
        ],
    );
}

#[test]
fn two_unions_have_two_names() {
    let union = "union = { name = \"Payload\", tag = \"Kind\" }";
    let action = format!("action = \"Act\"\nsummary = \"S.\"\ndoc = \"D.\"\n{union}\n")
        + &format!("{TAG}{MEMBER}").replace("types.T.fields", "response");
    let types = format!("[types.T]\ndoc = \"D.\"\nunknown-members = \"keep\"\n{union}\n{TAG}{MEMBER}");
    refused_files(
        &[("Act.toml", &action), ("types.toml", &types)],
        &[
            "specs/Act.toml:4:9 [Act] the union's name `Payload` is taken by a type, an enumeration or an action; choose another one",
        ],
    );
}

#[test]
fn examples_of_a_union_may_have_members_that_nothing_describes() {
    let example = "[[example]]\ntitle = \"T\"\nrequest = {}\nresponse = { Kind = \"b\", New = { X = 1 } }\n";
    let fields = format!("{TAG}{MEMBER}").replace("types.T.fields", "response");
    refused_action(&format!("union = {{ name = \"Payload\", tag = \"Kind\" }}\n{fields}{example}"), &[]);
    refused_action(
        &format!("{}{example}", fields.replace("tag = \"a\"\n", "")),
        &[
            "specs/a/Act.toml:14:12 [Act] the example's response breaks the spec: `New` is unknown; correct the example or the field",
        ],
    );
}

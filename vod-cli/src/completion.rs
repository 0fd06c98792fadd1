//! Completion: scripts for shells, and the words that they ask the program for.
//!
//! The scripts know nothing of the commands. They hand over the words of the line, and so complete actions and their
//! parameters by the specs.

use clap::Command;
use vod_spec::model::{Element, Field, Service};

use crate::call::{kebab, option_names};
use crate::failure::Failure;
use crate::specs::{Specs, folded};

/// The names of the shells that there are scripts for.
pub const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// The script for a shell.
///
/// # Errors
/// There is none for this shell.
pub fn script(shell: &str) -> Result<&'static str, Failure> {
    Ok(match shell {
        "bash" => {
            r#"_vod() {
    local IFS=$'\n'
    COMPREPLY=($("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
    [[ ${COMPREPLY[0]} == *. ]] && compopt -o nospace
}
complete -o default -F _vod vod
"#
        }
        "zsh" => {
            r#"#compdef vod
_vod() {
    local -a found
    found=("${(@f)$("${words[1]}" __complete "${(@)words[2,CURRENT]}" 2>/dev/null)}")
    if [[ -n ${found[1]} ]]; then compadd -Q -- "${found[@]}"; else _files; fi
}
compdef _vod vod
"#
        }
        "fish" => {
            r"function __vod_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] __complete $words[2..] 2>/dev/null
end
complete -c vod -a '(__vod_complete)'
"
        }
        other => {
            return Err(Failure::usage(format!("there is no script for `{other}`: {}", SHELLS.join(", "))));
        }
    })
}

/// What the last word may become.
pub fn candidates(root: &Command, words: &[String]) -> Vec<String> {
    let (current, before) = words.split_last().map_or(("", [].as_slice()), |(last, before)| (last, before));
    let mut all = match before.split_first() {
        None => first_words(root),
        Some((first, rest)) => match root.find_subcommand(first) {
            Some(command) => of_command(command, rest, current),
            None => of_action(first, rest, current),
        },
    };
    all.retain(|word| word.starts_with(current));
    all
}

fn first_words(root: &Command) -> Vec<String> {
    let commands = root.get_subcommands().filter(|command| !command.is_hide_set());
    let mut all: Vec<String> = commands.map(|command| command.get_name().to_owned()).collect();
    if let Ok(specs) = Specs::builtin("vod") {
        all.extend(specs.action_names().into_iter().map(kebab));
    }
    all
}

fn of_command(command: &Command, words: &[String], current: &str) -> Vec<String> {
    if let Some((first, rest)) = words.split_first()
        && let Some(inner) = command.find_subcommand(first)
    {
        return of_command(inner, rest, current);
    }
    if current.starts_with('-') {
        let longs = command.get_arguments().filter_map(clap::Arg::get_long);
        return longs.map(|long| format!("--{long}")).collect();
    }
    let mut all: Vec<String> = command.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    let names_subjects = command.get_positionals().any(|argument| argument.get_id() == "subject");
    if names_subjects && let Ok(specs) = Specs::builtin("vod") {
        all.extend(specs.action_names().into_iter().map(str::to_owned));
        all.extend(specs.type_names().into_iter().map(str::to_owned));
    }
    all
}

fn of_action(name: &str, before: &[String], current: &str) -> Vec<String> {
    let Some(action) = Specs::builtin("vod").ok().and_then(|specs| specs.action(name).ok()) else {
        return Vec::new();
    };
    let (service, fields) = (action.service(), &action.model().request);
    if let Some(path) = current.strip_prefix("--") {
        if let Some((outer, _)) = path.rsplit_once('.') {
            return parts(service, fields, outer);
        }
        let parameters = fields.iter().map(|field| kebab(&field.name));
        let all = parameters.chain(option_names().map(str::to_owned));
        return all.map(|name| format!("--{name}")).collect();
    }
    let option =
        before.iter().rev().find(|word| word.starts_with("--")).map(|word| word.trim_start_matches('-'));
    option.map_or_else(Vec::new, |option| values(service, fields, option))
}

/// The names below `media-process-task.transcode-task-set.0`.
fn parts(service: &Service, fields: &[Field], outer: &str) -> Vec<String> {
    match field_at(service, fields, outer).map(|field| (&field.ty.element, field.ty.list)) {
        Some((_, true)) if outer.rsplit('.').next().is_some_and(|last| last.parse::<usize>().is_err()) => {
            vec![format!("--{outer}.0.")]
        }
        Some((Element::Record(name), _)) => {
            let fields = service.record(name).map_or(&[][..], |record| &record.fields);
            fields.iter().map(|field| format!("--{outer}.{}", kebab(&field.name))).collect()
        }
        _ => Vec::new(),
    }
}

fn field_at<'a>(service: &'a Service, mut fields: &'a [Field], path: &str) -> Option<&'a Field> {
    let mut found = None;
    for step in path.split('.').filter(|step| step.parse::<usize>().is_err()) {
        let wanted = folded(step);
        let field = fields.iter().find(|field| folded(&field.name) == wanted)?;
        found = Some(field);
        fields = match &field.ty.element {
            Element::Record(name) => service.record(name).map_or(&[], |record| &record.fields),
            _ => &[],
        };
    }
    found
}

/// The values that a parameter may have, where the spec lists them.
fn values(service: &Service, fields: &[Field], option: &str) -> Vec<String> {
    match field_at(service, fields, option).map(|field| &field.ty.element) {
        Some(Element::Enum(name)) => {
            let list = service.enumeration(name).map_or(&[][..], |list| &list.values);
            list.iter().map(|value| value.value.clone()).collect()
        }
        Some(Element::Bool) => vec!["true".to_owned(), "false".to_owned()],
        _ => Vec::new(),
    }
}

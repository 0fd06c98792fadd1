//! Names that a single action file takes from the service that it extends. Only the compiler can see whether they are
//! there; where one is not, this gives its error the place in the spec file.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use vod_spec::model::{Element, Field, Service};

use super::{Options, ident};

/// For each such name, code that compiles if the name is a type of the service, and otherwise fails with the place where
/// the spec file first uses it.
pub(super) fn checks(service: &Service, options: &Options) -> TokenStream {
    let Some(base) = &options.base else { return TokenStream::new() };
    let actions = service.actions.iter().flat_map(|action| {
        action.request.iter().chain(&action.response).map(|field| (action.name.as_str(), field))
    });
    let types = service
        .types
        .iter()
        .flat_map(|record| record.fields.iter().map(|field| (record.name.as_str(), field)));
    let mut uses: BTreeMap<&str, (&str, &Field)> = BTreeMap::new();
    for (owner, field) in actions.chain(types) {
        let Element::External(name) = &field.ty.element else { continue };
        let first = uses.entry(name).or_insert((owner, field));
        if field.at < first.1.at {
            *first = (owner, field);
        }
    }
    let base = quote!(#base).to_string().replace(' ', "");
    uses.into_iter()
        .map(|(name, (owner, field))| check(name, owner, field, &base, service, options))
        .collect()
}

fn check(
    name: &str,
    owner: &str,
    field: &Field,
    base_name: &str,
    service: &Service,
    options: &Options,
) -> TokenStream {
    let (private, base) = (options.private(), &options.base);
    let file = service.files.get(field.at.file).map(|file| file.display().to_string().replace('\\', "/"));
    let at = format!("{}:{}:{}", file.unwrap_or_default(), field.at.line, field.at.column);
    let message = format!("{at} [{owner}.{}] unknown type `{name}`", field.name);
    let note = format!(
        "neither the file nor `{base_name}` declares `{name}`; correct the name in the file, or declare the type there \
         under `[types]` or `[enums]`. The error `cannot find type` about it says which name of `{base_name}` is similar, \
         or which feature brings the type"
    );
    // The message is a format string.
    let [message, note] = [message, note].map(|text| text.replace('{', "{{").replace('}', "}}"));
    let name = ident(name, Span::mixed_site());
    // A name is looked up from the inside out: what the service has comes before the stand-in of the same name.
    quote! {
        #[allow(dead_code, unused_imports, clippy::all, clippy::pedantic)]
        const _: () = {
            #[diagnostic::on_unimplemented(message = #message, label = "named in this file", note = #note)]
            trait Known {}
            #[diagnostic::do_not_recommend]
            impl<T: #private::Member> Known for T {}
            struct #name;
            fn check() {
                fn known<T: Known>() {}
                {
                    use #base::*;
                    known::<#name>();
                }
            }
        };
    }
}

//! What makes cargo build again when a spec file changes.

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::quote;

/// Names every file that was read: the compiler tells cargo, which watches them. No byte of them is kept.
pub fn files(files: &[PathBuf]) -> TokenStream {
    let files = files.iter().map(|file| {
        let path = file.to_string_lossy().replace('\\', "/");
        if file.is_absolute() {
            quote!(::core::include_bytes!(#path))
        } else {
            quote!(::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path)))
        }
    });
    quote! {
        const _: &[&[u8]] = &[#(#files),*];
    }
}

/// A new file cannot be named by an expansion that does not know it. A build script notices it; without one, a
/// warning says so with the line to write (the only warning that a macro can give on stable Rust is the use of
/// something deprecated).
pub fn build_script_hint(path: &str, has_build_script: bool) -> TokenStream {
    if has_build_script {
        return TokenStream::new();
    }
    let note = format!(
        "a spec file that is added to `{path}` will not be noticed until something else changes; add a build.rs \
         with: fn main() {{ println!(\"cargo::rerun-if-changed={path}\"); }}"
    );
    quote! {
        const _: () = {
            #[deprecated(note = #note)]
            const NEW_SPEC_FILES_ARE_NOT_NOTICED: () = ();
            NEW_SPEC_FILES_ARE_NOT_NOTICED
        };
    }
}

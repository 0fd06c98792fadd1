/**How it shines.

Spec: `tests/specs/PaintThing.toml:26`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct Finish {
    /**`Gloss`: From 0, matt, to 1, a mirror.

Limits: 0 to 1.*/
    pub gloss: ::core::option::Option<f64>,
}
impl Finish {
    ///Makes one with every field left out; set those that you need.
    #[inline]
    #[must_use]
    pub fn new() -> Self {
        Self {
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Gloss`: From 0, matt, to 1, a mirror.
    #[inline]
    #[must_use]
    pub fn gloss(mut self, gloss: f64) -> Self {
        self.gloss = ::core::option::Option::Some(gloss);
        self
    }
}
impl ::vod_api::__private::Record for Finish {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "Finish",
            fields: &["Gloss"],
            rust_names: &["gloss"],
            required: &[],
            sensitive: &[],
            limits: &[(0usize, ::vod_api::__private::Limit::Float(0f64, 1f64))],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => ::vod_api::__private::FieldRef::OptFloat(&self.gloss),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => ::vod_api::__private::FieldMut::OptFloat(&mut self.gloss),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for Finish {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for Finish {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for Finish {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for Finish {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for Finish {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Paints a thing.

The action as a type, which `Client::paint_thing` calls, with [`PaintThingRequest`] and [`PaintThingResponse`].

Spec: `tests/specs/PaintThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct PaintThing;
impl ::vod_api::Action for PaintThing {
    type Request = PaintThingRequest;
    type Response = PaintThingResponse;
    const META: &'static ::vod_api::ActionMeta = &::vod_api::ActionMeta::new(
        "PaintThing",
        &super::sample::SERVICE,
        0u32,
        0u32,
        false,
        false,
        &[],
    );
}
impl ::vod_api::Request for PaintThingRequest {
    type Action = PaintThing;
}
/**Parameters of [`PaintThing`].

Paints a thing.

Spec: `tests/specs/PaintThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct PaintThingRequest {
    ///`Colour`: An enumeration of the service.
    pub colour: super::sample::Colour,
    ///`Box`: An object of the service.
    pub r#box: <<super::sample::Box as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
        super::sample::Box,
    >>::Optional,
    ///`Spares`: A list of the service's enumeration.
    pub spares: ::std::vec::Vec<super::sample::Colour>,
    ///`Finish`: An object of this file.
    pub finish: ::core::option::Option<::std::boxed::Box<Finish>>,
}
impl PaintThingRequest {
    ///Makes one with the required fields: `colour`.
    #[inline]
    #[must_use]
    pub fn new(colour: impl ::core::convert::Into<super::sample::Colour>) -> Self {
        Self {
            colour: ::core::convert::Into::into(colour),
            ..<Self as ::core::default::Default>::default()
        }
    }
    ///Sets `Box`: An object of the service.
    #[inline]
    #[must_use]
    pub fn r#box(
        mut self,
        r#box: impl ::core::convert::Into<super::sample::Box>,
    ) -> Self {
        self.r#box = <<super::sample::Box as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
            super::sample::Box,
        >>::some(::core::convert::Into::into(r#box));
        self
    }
    ///Sets `Spares`: A list of the service's enumeration.
    #[inline]
    #[must_use]
    pub fn spares(
        mut self,
        spares: impl ::core::iter::IntoIterator<
            Item = impl ::core::convert::Into<super::sample::Colour>,
        >,
    ) -> Self {
        self.spares = ::core::iter::Iterator::collect(
            ::core::iter::Iterator::map(
                ::core::iter::IntoIterator::into_iter(spares),
                ::core::convert::Into::into,
            ),
        );
        self
    }
    ///Sets `Finish`: An object of this file.
    #[inline]
    #[must_use]
    pub fn finish(mut self, finish: Finish) -> Self {
        self.finish = ::core::option::Option::Some(::std::boxed::Box::new(finish));
        self
    }
}
impl ::vod_api::__private::Record for PaintThingRequest {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "PaintThingRequest",
            fields: &["Colour", "Box", "Spares", "Finish"],
            rust_names: &["colour", "box", "spares", "finish"],
            required: &[0usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => {
                <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Colour,
                >>::plain(&self.colour)
            }
            1usize => {
                <<super::sample::Box as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Box,
                >>::optional(&self.r#box)
            }
            2usize => {
                <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Colour,
                >>::list(&self.spares)
            }
            3usize => {
                match &self.finish {
                    ::core::option::Option::Some(record) => {
                        ::vod_api::__private::FieldRef::Record(&**record)
                    }
                    ::core::option::Option::None => ::vod_api::__private::FieldRef::None,
                }
            }
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => {
                <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Colour,
                >>::plain_mut(&mut self.colour)
            }
            1usize => {
                <<super::sample::Box as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Box,
                >>::optional_mut(&mut self.r#box)
            }
            2usize => {
                <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Colour,
                >>::list_mut(&mut self.spares)
            }
            3usize => ::vod_api::__private::FieldMut::OptRecord(&mut self.finish),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for PaintThingRequest {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for PaintThingRequest {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for PaintThingRequest {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for PaintThingRequest {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for PaintThingRequest {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
/**Response of [`PaintThing`].

Paints a thing.

Spec: `tests/specs/PaintThing.toml:1`.*/
#[derive(::core::clone::Clone, ::core::default::Default)]
#[non_exhaustive]
pub struct PaintThingResponse {
    ///`Before`: The colour before, if it had one.
    pub before: <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
        super::sample::Colour,
    >>::Optional,
    /// The id of the call, which the service asks for when something has to be looked into.
    pub request_id: ::std::string::String,
}
impl PaintThingResponse {
    /// Sets the request id.
    #[inline]
    #[must_use]
    pub fn request_id(
        mut self,
        request_id: impl ::core::convert::Into<::std::string::String>,
    ) -> Self {
        self.request_id = ::core::convert::Into::into(request_id);
        self
    }
    ///Sets `Before`: The colour before, if it had one.
    #[inline]
    #[must_use]
    pub fn before(
        mut self,
        before: impl ::core::convert::Into<super::sample::Colour>,
    ) -> Self {
        self.before = <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
            super::sample::Colour,
        >>::some(::core::convert::Into::into(before));
        self
    }
}
impl ::vod_api::__private::Record for PaintThingResponse {
    #[inline]
    fn meta(&self) -> &'static ::vod_api::__private::RecordMeta {
        &::vod_api::__private::RecordMeta {
            name: "PaintThingResponse",
            fields: &["Before", "RequestId"],
            rust_names: &["before", "request_id"],
            required: &[1usize],
            sensitive: &[],
            limits: &[],
        }
    }
    #[inline]
    fn get(&self, index: usize) -> ::vod_api::__private::FieldRef<'_> {
        match index {
            0usize => {
                <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Colour,
                >>::optional(&self.before)
            }
            1usize => ::vod_api::__private::FieldRef::String(&self.request_id),
            _ => ::vod_api::__private::FieldRef::None,
        }
    }
    #[inline]
    fn get_mut(&mut self, index: usize) -> ::vod_api::__private::FieldMut<'_> {
        match index {
            0usize => {
                <<super::sample::Colour as ::vod_api::__private::Member>::Kind as ::vod_api::__private::Kind<
                    super::sample::Colour,
                >>::optional_mut(&mut self.before)
            }
            1usize => ::vod_api::__private::FieldMut::String(&mut self.request_id),
            _ => ::vod_api::__private::FieldMut::None,
        }
    }
}
impl ::vod_api::__private::Member for PaintThingResponse {
    type Kind = ::vod_api::__private::ObjectKind;
}
impl ::core::cmp::PartialEq for PaintThingResponse {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        ::vod_api::__private::same_record(self, other)
    }
}
impl ::core::fmt::Debug for PaintThingResponse {
    #[inline]
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::vod_api::__private::debug_record(self, f)
    }
}
impl ::vod_api::__private::Serialize for PaintThingResponse {
    #[inline]
    fn serialize<S: ::vod_api::__private::Serializer>(
        &self,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        ::vod_api::__private::serialize_record(self, serializer)
    }
}
impl<'de> ::vod_api::__private::Deserialize<'de> for PaintThingResponse {
    #[inline]
    fn deserialize<D: ::vod_api::__private::Deserializer<'de>>(
        deserializer: D,
    ) -> ::core::result::Result<Self, D::Error> {
        ::vod_api::__private::deserialize_new(deserializer)
    }
}
///The actions of `PaintThing` as methods of the client, where the trait is in scope. A method of the client that has the same name comes first; `client.call(request)` knows no names.
pub trait PaintThingCalls {
    /**Paints a thing.

It takes types of the service that it extends.

**Rate limit**: not published: learned from what the service takes.
**Not idempotent**: not retried once an attempt may have taken effect.
**Spec**: `tests/specs/PaintThing.toml:1`.

# Parameters
The fields of [`PaintThingRequest`]:

| field | meaning |
|---|---|
| `colour`<br><code>Colour</code><br>wire: `Colour` | **Required.** An enumeration of the service. |
| `box`<br><code>Option&lt;Box&gt;</code><br>wire: `Box` | An object of the service. |
| `spares`<br><code>Vec&lt;Colour&gt;</code><br>wire: `Spares` | A list of the service's enumeration. |
| `finish`<br><code>Option&lt;Box&lt;[Finish]&gt;&gt;</code><br>wire: `Finish` | An object of this file. |

# Returns
The request id and the other fields of [`PaintThingResponse`]:

- `before` (<code>Option&lt;Colour&gt;</code>, wire: `Before`): The colour before, if it had one.

# Errors
An `Error`: the request violates a limit (then nothing is sent), no response arrives, or the service returns one of the codes that every action can return.
*/
    fn paint_thing(&self, request: PaintThingRequest) -> ::vod_api::Call<PaintThing>;
}
impl PaintThingCalls for ::vod_api::Client {
    #[inline]
    fn paint_thing(&self, request: PaintThingRequest) -> ::vod_api::Call<PaintThing> {
        self.call(request)
    }
}
::vod_api::__blocking! {
    trait PaintThingBlockingCalls PaintThingCalls; paint_thing(request :
    PaintThingRequest) PaintThing = request;
}
#[allow(dead_code, unused_imports, clippy::all, clippy::pedantic)]
const _: () = {
    #[diagnostic::on_unimplemented(
        message = "tests/specs/PaintThing.toml:10:10 [PaintThing.Box] unknown type `Box`",
        label = "named in this file",
        note = "neither the file nor `super::sample` declares `Box`; correct the name in the file, or declare the type there under `[types]` or `[enums]`. The error `cannot find type` about it says which name of `super::sample` is similar, or which feature brings the type"
    )]
    trait Known {}
    #[diagnostic::do_not_recommend]
    impl<T: ::vod_api::__private::Member> Known for T {}
    struct Box;
    fn check() {
        fn known<T: Known>() {}
        {
            use super::sample::*;
            known::<Box>();
        }
    }
};
#[allow(dead_code, unused_imports, clippy::all, clippy::pedantic)]
const _: () = {
    #[diagnostic::on_unimplemented(
        message = "tests/specs/PaintThing.toml:5:10 [PaintThing.Colour] unknown type `Colour`",
        label = "named in this file",
        note = "neither the file nor `super::sample` declares `Colour`; correct the name in the file, or declare the type there under `[types]` or `[enums]`. The error `cannot find type` about it says which name of `super::sample` is similar, or which feature brings the type"
    )]
    trait Known {}
    #[diagnostic::do_not_recommend]
    impl<T: ::vod_api::__private::Member> Known for T {}
    struct Colour;
    fn check() {
        fn known<T: Known>() {}
        {
            use super::sample::*;
            known::<Colour>();
        }
    }
};

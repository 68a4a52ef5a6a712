namespace KohakuRiver.Auth.AspNetCore;

/// <summary>The kinds of problem documents, one per status. The OpenAPI document and docs/http-api.md are written from it.</summary>
internal static class ProblemKinds
{
    internal static IReadOnlyList<ProblemKind> All { get; } =
    [
        new(
            400,
            "BadRequest",
            "The request is wrong. If fields or parameters are, errors names them. Also: plain HTTP to a host that accepts HTTPS only.")
        {
            Detail = "A token name is needed.", Field = "name",
        },
        new(401, "Unauthorized", "The caller is not authenticated: there is no credential, or it is not valid or no longer valid, even if "
            + "it ended while the body arrived. Also: a failed login.")
        {
            Detail = "Log in, or send a valid token.", Header = "WWW-Authenticate",
        },
        new(
            403,
            "Forbidden",
            "The caller is authenticated but not allowed to do this. Also: a change sent by a page of another site, and the "
            + "right password of an account that is disabled or has another name now.")
        {
            Detail = "Your role does not allow this.",
        },
        new(
            404,
            "NotFound",
            "It does not exist, or the caller may not know that it does; the two look the same.") { Detail = "Not found." },
        new(408, "RequestTimeout", "The body took longer to arrive than BodyTimeout allows.")
        {
            Detail = "The body took too long to arrive. Nothing was changed.",
        },
        new(
            409,
            "Conflict",
            "The current state does not allow it: a name is taken, a task is decided, an admin is the last one, a limit is reached.")
        {
            Detail = "This task is no longer waiting for approval.",
        },
        new(413, "PayloadTooLarge", "The body is larger than 64 KB.") { Detail = "The body is larger than 64 KB." },
        new(
            415,
            "UnsupportedMediaType",
            "The body is not sent as JSON in UTF-8.") { Detail = "Send the body as application/json in UTF-8." },
        new(
            429,
            "TooManyRequests",
            "Too many failed attempts, or registrations, from this address; Retry-After says how many seconds to wait.")
        {
            Detail = "Too many failed attempts from your address. Wait a moment and try again.", Header = "Retry-After",
        },
        new(500, "InternalServerError", "An error in the host. Its log has the details under trace_id.")
        {
            Detail = "Something went wrong here. The host's log has the details under this trace id.",
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        },
        new(503, "ServiceUnavailable", "Not at the moment: the database is unavailable, too many passwords are waiting to be hashed, or "
            + "authentication is switched off. Nothing was done.")
        {
            Detail = "The database is unavailable. Try again soon.", Header = "Retry-After",
        },
    ];
}

using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>
/// What the endpoints say about themselves: for the OpenAPI document, and for who may call the public ones. Whatever has a body needs an
/// example of it; a test sends every example of a request to a running host and compares the answer with the example of the answer.
/// </summary>
internal static class EndpointDescriptions
{
    /// <summary>The calls of one resource, under their own heading.</summary>
    internal static RouteGroupBuilder Under(this RouteGroupBuilder api, string heading, string description) =>
        api.MapGroup("").WithMetadata(new ApiTag(heading, description));

    /// <summary>The heading of calls about the caller's own account.</summary>
    internal static RouteGroupBuilder UnderOwnAccount(this RouteGroupBuilder api) =>
        api.Under("Own account", "Your profile, password and sessions.");

    /// <summary>The heading of calls about the accounts of others.</summary>
    internal static RouteGroupBuilder UnderUsers(this RouteGroupBuilder api) => api.Under("Users", "Other people's accounts.");

    /// <summary>For everybody; no credential is read, so that a stale one does not stand in the way of logging in.</summary>
    internal static RouteHandlerBuilder PublicIgnoringCredentials(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().IgnoreKohakuCredentials();

    /// <summary>For everybody; a good credential is known, a bad one ignored.</summary>
    internal static RouteHandlerBuilder PublicIgnoringBadCredentials(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous();

    /// <param name="endpoint">The endpoint.</param>
    /// <param name="id">Its id in the OpenAPI document. No endpoint name: a host may map the library twice.</param>
    /// <param name="summary">What it does, in a few words.</param>
    /// <param name="description">What the words leave open.</param>
    internal static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string id, string summary, string? description)
    {
        endpoint.WithMetadata(new OperationId(id)).WithSummary(summary);
        return description is null ? endpoint : endpoint.WithDescription(description);
    }

    /// <summary>A JSON body, of whose fields these must be there.</summary>
    internal static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint, T example, params string[] needed)
        where T : notnull => endpoint.WithJsonBody(typeof(T), optional: false, needed).WithMetadata(new RequestExample(example));

    internal static RouteHandlerBuilder TakesOptionalJson<T>(this RouteHandlerBuilder endpoint, T example)
        where T : notnull => endpoint.WithJsonBody(typeof(T), optional: true).WithMetadata(new RequestExample(example));

    /// <summary>A bare list of ids in place of the body.</summary>
    internal static RouteHandlerBuilder OrBareIds(this RouteHandlerBuilder endpoint, string description) =>
        endpoint.WithMetadata(new BareIdList(description));

    /// <summary>Optional query parameters.</summary>
    internal static RouteHandlerBuilder Asks(this RouteHandlerBuilder endpoint, params IEnumerable<QueryParameter> parameters) =>
        endpoint.WithMetadata([.. parameters]);

    /// <summary>The example of a parameter in the path; ids of rows have 1 without it.</summary>
    internal static RouteHandlerBuilder WithPathExample(this RouteHandlerBuilder endpoint, string name, JsonNode value) =>
        endpoint.WithMetadata(new PathExample(name, value));

    /// <summary>Neither token nor master secret are enough.</summary>
    internal static RouteHandlerBuilder NeedsSession(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(SessionNeeded.Instance);

    /// <summary>The body of the 200 answer and the refusals there may be.</summary>
    internal static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, T example, params int[] refusals)
        where T : notnull => endpoint.Succeeds<T>(StatusCodes.Status200OK, new SuccessMetadata(example)).Refuses(refusals);

    /// <summary>The body of the 201 answer and the refusals there may be.</summary>
    internal static RouteHandlerBuilder AnswersCreated<T>(this RouteHandlerBuilder endpoint, T example, params int[] refusals)
        where T : notnull => endpoint.Succeeds<T>(StatusCodes.Status201Created, new SuccessMetadata(example)).Refuses(refusals);

    /// <summary>A 200 answer that says only what was done.</summary>
    internal static RouteHandlerBuilder AnswersMessage(this RouteHandlerBuilder endpoint, string message, params int[] refusals) =>
        endpoint.Answers(new MessageResponse(message), refusals);

    /// <summary>A bare array of all rows.</summary>
    internal static RouteHandlerBuilder AnswersAll<T>(this RouteHandlerBuilder endpoint, T row, params int[] refusals)
        where T : notnull => endpoint
            .Succeeds<IReadOnlyList<T>>(StatusCodes.Status200OK, new SuccessMetadata(row, IsList: true))
            .Refuses(refusals);

    /// <summary>A bare array of rows, paged by <c>limit</c> and <c>cursor</c>.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="row">An example of a row.</param>
    /// <param name="parameters">More query parameters.</param>
    /// <param name="usual">How many rows a page has if <c>limit</c> is absent.</param>
    internal static RouteHandlerBuilder Pages<T>(
        this RouteHandlerBuilder endpoint, T row, IEnumerable<QueryParameter> parameters, int usual = StrictQuery.MaxLimit)
        where T : notnull => endpoint
            .Succeeds<IReadOnlyList<T>>(
                StatusCodes.Status200OK, new SuccessMetadata(row, IsList: true) { Description = "A page of rows." })
            .WithMetadata(
                new HeaderMetadata("X-Total-Count", "The number of rows on all pages.", IsInteger: true),
                new HeaderMetadata("Link", "The next page as <address>; rel=\"next\". Absent on the last page."))
            .Asks([.. parameters, .. StrictQuery.PageParameters(usual)]);

    /// <summary>A stream of text that does not end by itself.</summary>
    internal static RouteHandlerBuilder Streams(this RouteHandlerBuilder endpoint, string contentType, string example) => endpoint
        .Produces<string>(StatusCodes.Status200OK, contentType)
        .WithMetadata(new SuccessMetadata(example) { Description = "A stream that does not end by itself." });

    /// <summary>Another form of the same answer, for keeping.</summary>
    internal static RouteHandlerBuilder AlsoAs(this RouteHandlerBuilder endpoint, string contentType, string description, string example) =>
        endpoint.WithMetadata(new SuccessFile(contentType, description, example));

    internal static RouteHandlerBuilder SetsCookie(this RouteHandlerBuilder endpoint, string description) =>
        endpoint.WithMetadata(new HeaderMetadata("Set-Cookie", description));

    /// <summary>Refusals in addition to those that every endpoint of its kind may give.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses) =>
        endpoint.WithMetadata(new RefusalStatuses(statuses));

    private static RouteHandlerBuilder Succeeds<T>(this RouteHandlerBuilder endpoint, int status, SuccessMetadata success) =>
        endpoint.Produces<T>(status, "application/json").WithMetadata(success);
}

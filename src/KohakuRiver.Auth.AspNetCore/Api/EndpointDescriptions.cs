using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What the endpoints say of themselves: for the OpenAPI document, and for who may call the public ones.</summary>
internal static class EndpointDescriptions
{
    /// <summary>For everybody; no credential is looked at, so that a stale one does not stand in the way of logging in.</summary>
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
    internal static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint, params string[] needed)
        where T : notnull => endpoint.WithJsonBody(typeof(T), optional: false, needed);

    internal static RouteHandlerBuilder TakesOptionalJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.WithJsonBody(typeof(T), optional: true);

    /// <summary>Optional query parameters by name.</summary>
    internal static RouteHandlerBuilder Asks(this RouteHandlerBuilder endpoint, params string[] parameters) =>
        endpoint.WithMetadata(new QueryParameters(parameters));

    /// <summary>Neither token nor master secret are enough.</summary>
    internal static RouteHandlerBuilder NeedsSession(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(SessionNeeded.Instance);

    /// <summary>The body of the 200 answer and the refusals there may be.</summary>
    internal static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, params int[] refusals) =>
        endpoint.Produces<T>(StatusCodes.Status200OK, "application/json").Refuses(refusals);

    /// <summary>The body of the 201 answer and the refusals there may be.</summary>
    internal static RouteHandlerBuilder AnswersCreated<T>(this RouteHandlerBuilder endpoint, params int[] refusals) =>
        endpoint.Produces<T>(StatusCodes.Status201Created, "application/json").Refuses(refusals);

    /// <summary>A bare array of rows, paged by <c>limit</c> and <c>cursor</c>, with more query parameters by name.</summary>
    internal static RouteHandlerBuilder Pages<T>(this RouteHandlerBuilder endpoint, params string[] parameters) =>
        endpoint.Produces<IReadOnlyList<T>>(StatusCodes.Status200OK, "application/json").Asks([.. parameters, "limit", "cursor"]);

    /// <summary>A stream of text that does not end by itself.</summary>
    internal static RouteHandlerBuilder Streams(this RouteHandlerBuilder endpoint, string contentType) =>
        endpoint.Produces<string>(StatusCodes.Status200OK, contentType);

    /// <summary>Refusals beside those that every endpoint of its kind may give.</summary>
    internal static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses) =>
        endpoint.WithMetadata(new RefusalStatuses(statuses));
}

using KohakuRiver.Auth.AspNetCore.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace KohakuRiver.Auth.AspNetCore.Endpoints;

/// <summary>What the endpoints say of themselves: for the OpenAPI document, and for who may call the public ones.</summary>
internal static class EndpointDescriptions
{
    /// <summary>For everybody; no credential is looked at, so that a stale one does not stand in the way of logging in.</summary>
    internal static RouteHandlerBuilder PublicIgnoringCredentials(this RouteHandlerBuilder endpoint) =>
        endpoint.AllowAnonymous().IgnoreKohakuCredentials();

    /// <summary>For everybody; a good credential is known, a bad one ignored.</summary>
    internal static RouteHandlerBuilder PublicIgnoringBadCredentials(this RouteHandlerBuilder endpoint) => endpoint.AllowAnonymous();

    internal static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string? description)
    {
        endpoint.WithSummary(summary);
        return description is null ? endpoint : endpoint.WithDescription(description);
    }

    internal static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.WithJsonBody(typeof(T)).Refuses([StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);

    internal static RouteHandlerBuilder TakesOptionalJson<T>(this RouteHandlerBuilder endpoint)
        where T : notnull => endpoint.WithJsonBody(typeof(T), optional: true).Refuses([StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType]);

    /// <summary>The body of the 200 answer and the refusals there may be.</summary>
    internal static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, params int[] refusals) =>
        endpoint.Produces<T>(StatusCodes.Status200OK, "application/json").Refuses(refusals);

    /// <summary>The body of the 201 answer and the refusals there may be.</summary>
    internal static RouteHandlerBuilder AnswersCreated<T>(this RouteHandlerBuilder endpoint, params int[] refusals) =>
        endpoint.Produces<T>(StatusCodes.Status201Created, "application/json").Refuses(refusals);

    /// <summary>A bare array of rows, paged by <c>limit</c> and <c>cursor</c>, with more query parameters by name.</summary>
    internal static RouteHandlerBuilder Pages<T>(this RouteHandlerBuilder endpoint, params string[] parameters) =>
        endpoint.Produces<IReadOnlyList<T>>(StatusCodes.Status200OK, "application/json")
            .Refuses([400, 401, 403])
            .WithMetadata(new QueryParameters([.. parameters, "limit", "cursor"]));

    /// <summary>A stream of text that does not end by itself.</summary>
    internal static RouteHandlerBuilder Streams(this RouteHandlerBuilder endpoint, string contentType) =>
        endpoint.Produces<string>(StatusCodes.Status200OK, contentType).Refuses([401, 403, 503]);

    private static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ProblemDetails>(status, "application/problem+json");
        }

        return endpoint;
    }
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features.Authentication;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What the credentials of one request came to, and what refused it later.</summary>
internal sealed class RequestActor : IKohakuActorFeature, IHttpAuthenticationFeature, IAuthenticateResultFeature
{
    private ClaimsPrincipal? user;
    private AuthenticateResult? result;
    private string? secret;

    /// <inheritdoc />
    public required Actor Actor { get; init; }

    /// <summary>The session cookie's value that made the actor known, of those that were sent; null for other kinds of actor.</summary>
    internal string? Cookie => Actor.Kind == ActorKind.Session ? secret : null;

    /// <summary>Why the credential was not taken (401, 429); null when it was good or there was none.</summary>
    internal Refusal? Rejection { get; init; }

    /// <summary>Whose session cookie another site's page sent, which makes nobody known; null otherwise. For the audit log only.</summary>
    internal Actor? Borrowed { get; private init; }

    /// <summary>Who is noted when the request is refused.</summary>
    internal Actor ForAudit => Borrowed ?? Actor;

    /// <summary>Why nobody can say whether the credential is good; null when somebody can.</summary>
    internal StoreUnavailableException? Outage { get; private set; }

    /// <summary>What a policy refused the request with; null when none did.</summary>
    internal Refusal? Refusal { get; set; }

    /// <summary>What refused the request while its body arrived; null when nothing did.</summary>
    internal Refusal? Late { get; set; }

    /// <summary>The body as the endpoint reads it; null while nobody watches it.</summary>
    internal GuardedBody? Body { get; set; }

    /// <summary>
    /// The principal, made when somebody asks: the library decides from the actor. Seen by the host only where the request was let pass
    /// by <see cref="AuthorizationShortcut"/>; elsewhere the framework sets features of its own.
    /// </summary>
    ClaimsPrincipal? IHttpAuthenticationFeature.User
    {
        get => user ??= ActorPrincipal.Create(this);
        set => user = value;
    }

    /// <inheritdoc />
    AuthenticateResult? IAuthenticateResultFeature.AuthenticateResult
    {
        get => result ??= AuthenticateResult.Success(ActorPrincipal.Ticket(this, ((IHttpAuthenticationFeature)this).User!));
        set => result = value;
    }

    /// <summary>What a policy let the request pass for, so that it can be decided again; empty where none was asked.</summary>
    internal IReadOnlyList<KohakuRequirement> Passed { get; private set; } = [];

    /// <summary>The secret that made the actor, for asking whether it still does.</summary>
    internal string Secret => secret ?? throw new InvalidOperationException("This actor has no credential to ask again about.");

    internal static RequestActor Known(Actor actor, string? secret = null) => new() { Actor = actor, secret = secret };

    internal static RequestActor Unknown(string? address) => new() { Actor = Anonymous(address) };

    internal static RequestActor Rejected(string? address, Refusal refusal) => new() { Actor = Anonymous(address), Rejection = refusal };

    internal static RequestActor FromOtherSite(Actor borrowed) =>
        new() { Actor = Anonymous(borrowed.Address), Rejection = HttpRefusals.CrossSite, Borrowed = borrowed };

    internal static RequestActor Failed(string? address, StoreUnavailableException outage) => new() { Actor = Anonymous(address), Outage = outage };

    /// <summary>Remembers an outage met while deciding.</summary>
    internal void Remember(StoreUnavailableException outage) => Outage ??= outage;

    /// <summary>Notes what a policy let the request pass for.</summary>
    internal void Pass(KohakuRequirement[] requirements) =>
        Passed = Passed.Count == 0 || ReferenceEquals(Passed, requirements) ? requirements : [.. Passed.Union(requirements)];

    private static Actor Anonymous(string? address) =>
        address is null ? Actor.Anonymous : Actor.Anonymous with { Address = address };
}

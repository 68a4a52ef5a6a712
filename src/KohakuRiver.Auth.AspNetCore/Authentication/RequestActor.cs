using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>What the credentials of one request resolved to, and what refused it later.</summary>
internal sealed class RequestActor : IKohakuActorFeature, IHttpAuthenticationFeature, IAuthenticateResultFeature
{
    private AuthenticateResult? result;
    private string? secret;

    /// <inheritdoc />
    public required Actor Actor { get; init; }

    /// <summary>The value of the session cookie that authenticated the actor, of those sent; null for other kinds of actor.</summary>
    internal string? Cookie => Actor.Kind == ActorKind.Session ? secret : null;

    /// <summary>Whether a credential is behind the actor that the database can end while the request lasts.</summary>
    internal bool IsRevocable => Actor.Kind is ActorKind.Session or ActorKind.Token or ActorKind.External;

    /// <summary>Why the credential was not accepted (401, 429); null when it was good or there was none.</summary>
    internal Refusal? Rejection { get; init; }

    /// <summary>Whose session cookie a page of another site sent, which authenticates nobody; null otherwise. For the audit log.</summary>
    internal Actor? Borrowed { get; private init; }

    /// <summary>Who is recorded when the request is refused.</summary>
    internal Actor ForAudit => Borrowed ?? Actor;

    /// <summary>The outage that kept the credential from being checked; null if there was none.</summary>
    internal StoreUnavailableException? Outage { get; private set; }

    /// <summary>What a policy refused the request with; null when none did.</summary>
    internal Refusal? Refusal { get; set; }

    /// <summary>
    /// The refusal whose document is written once the other schemes of the endpoint have answered too; null where there is none.
    /// </summary>
    internal Refusal? Unwritten { get; set; }

    /// <summary>What refused the request while its body arrived; null when nothing did.</summary>
    internal Refusal? Late { get; set; }

    /// <summary>The body as the endpoint reads it; null while nobody watches it.</summary>
    internal GuardedBody? Body { get; set; }

    /// <inheritdoc />
    ClaimsPrincipal? IHttpAuthenticationFeature.User { get; set; }

    /// <inheritdoc />
    AuthenticateResult? IAuthenticateResultFeature.AuthenticateResult { get; set; }

    /// <summary>The requirements that the request has met, so that they can be checked again; empty if no policy was evaluated.</summary>
    internal IReadOnlyList<KohakuRequirement> Passed { get; private set; } = [];

    /// <summary>
    /// The secret that authenticated the actor, for checking it again; for an actor of another scheme the text of their
    /// <see cref="IdentityKey"/>.
    /// </summary>
    internal string Secret => secret ?? throw new InvalidOperationException("This actor has no credential to check again.");

    internal static RequestActor Known(Actor actor, string? secret = null) => new() { Actor = actor, secret = secret };

    internal static RequestActor Unknown(string? address) => new() { Actor = Anonymous(address) };

    internal static RequestActor Rejected(string? address, Refusal refusal) => new() { Actor = Anonymous(address), Rejection = refusal };

    internal static RequestActor FromOtherSite(Actor borrowed) =>
        new() { Actor = Anonymous(borrowed.Address), Rejection = HttpRefusals.CrossSite, Borrowed = borrowed };

    internal static RequestActor Failed(string? address, StoreUnavailableException outage) =>
        new() { Actor = Anonymous(address), Outage = outage };

    /// <summary>
    /// The ticket of the actor, created once per request and without the scheme's handler: one principal, after one run of the host's
    /// <see cref="IClaimsTransformation"/>.
    /// </summary>
    internal async ValueTask<AuthenticateResult> AuthenticateAsync(HttpContext context)
    {
        if (result is null)
        {
            var transformation = context.RequestServices.GetRequiredService<IClaimsTransformation>();
            var principal = await transformation.TransformAsync(ActorPrincipal.Create(this));
            result = AuthenticateResult.Success(ActorPrincipal.Ticket(this, principal));
        }

        return result;
    }

    /// <summary>Makes the actor the request's user, as the framework does for its default scheme.</summary>
    internal async ValueTask BecomeUserAsync(HttpContext context)
    {
        var ticket = await AuthenticateAsync(context);
        ((IHttpAuthenticationFeature)this).User = ticket.Principal;
        ((IAuthenticateResultFeature)this).AuthenticateResult = ticket;
        context.Features.Set<IHttpAuthenticationFeature>(this);
        context.Features.Set<IAuthenticateResultFeature>(this);
    }

    /// <summary>Remembers an outage met while deciding.</summary>
    internal void Remember(StoreUnavailableException outage) => Outage ??= outage;

    /// <summary>Remembers requirements that the request has met.</summary>
    internal void Pass(KohakuRequirement[] requirements) =>
        Passed = Passed.Count == 0 || ReferenceEquals(Passed, requirements) ? requirements : [.. Passed.Union(requirements)];

    private static Actor Anonymous(string? address) =>
        address is null ? Actor.Anonymous : Actor.Anonymous with { Address = address };
}

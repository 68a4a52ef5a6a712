using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>API tokens.</summary>
internal static class TokenEndpoints
{
    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/auth/tokens", ListAsync).RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listTokens", "List tokens", "One's own; with owner=all or user_id, an admin sees others'.")
                .Pages<TokenResponse>("owner", "user_id");

        // Existing clients post to /create; the plain collection is the same call.
        foreach (var (id, pattern) in new[] { ("createTokenAtCreate", "/auth/tokens/create"), ("createToken", "/auth/tokens") })
        {
            api.MapPost(pattern, CreateAsync).RequirePermission(Permissions.ManageOwnAccount).TakesJson<CreateTokenRequest>("name")
                .Describe(
                    id, "Create a token",
                    "The secret is shown this once. Made through a token it never outlives its maker. /auth/tokens and /auth/tokens/create are the same call.")
                .Answers<CreatedTokenResponse>(409);
        }

        api.MapDelete("/auth/tokens/{id}", RevokeAsync).RequirePermission(Permissions.ManageOwnAccount)
            .Describe("revokeToken", "Revoke a token", "The very next request with it is refused.").Answers<MessageResponse>(404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, ITokenService tokens, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var owner = query.OneOf("owner", "all", "me");
        var userId = query.Id("user_id");
        var page = query.Page("-id");
        if (query.Refusal is { } fault)
        {
            return Replies.Refused(fault);
        }

        var found = userId is null && owner != "all"
            ? await tokens.ListOwnAsync(actor, page, cancellationToken)
            : await tokens.ListAsync(actor, userId, page, cancellationToken);
        return Replies.Page(http, found, token => token.ToResponse());
    }

    private static Task<IResult> CreateAsync(HttpContext http, Actor actor, ITokenService tokens, CancellationToken cancellationToken) =>
        Replies.WithBodyAsync<CreateTokenRequest>(http, async body =>
            Replies.From(await tokens.CreateAsync(actor, new CreateTokenCommand { Name = body.Name, ExpiresAt = body.ExpiresAt, ExpiresHours = body.ExpiresHours }, cancellationToken), created => created.ToResponse()));

    private static async Task<IResult> RevokeAsync(
        HttpContext http, Actor actor, RowId id, ITokenService tokens, CancellationToken cancellationToken) =>
        Replies.Done(await tokens.RevokeAsync(actor, id.Value, cancellationToken), "Token revoked.");
}

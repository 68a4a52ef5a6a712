using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace KohakuRiver.Auth.AspNetCore;

/// <summary>API tokens.</summary>
internal static class TokenEndpoints
{
    private const string Revoked = "Token revoked.";

    private static readonly string[] Owners = ["all", "me"];

    internal static void Map(RouteGroupBuilder api)
    {
        var tokens = api.Under("Tokens", "API tokens, for programs.");
        tokens.MapGet("/auth/tokens", ListAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("listTokens", "List tokens", "Your own. With owner=all or user_id, admins see those of others.")
            .Pages(TokenExamples.Listed, [
                QueryParameter.OneOf("owner", Owners, "all for the tokens of all users (admins only), me for your own.", "all"),
                QueryParameter.Id("user_id", "The tokens of this user (admins only).", UserExamples.Mary.Id),
            ]);

        // Existing clients post to /create; the plain collection is the same call.
        foreach (var (id, pattern) in new[] { ("createTokenAtCreate", "/auth/tokens/create"), ("createToken", "/auth/tokens") })
        {
            tokens.MapPost(pattern, CreateAsync)
                .RequirePermission(Permissions.ManageOwnAccount)
                .TakesJson(TokenExamples.Create, "name")
                .Describe(
                    id,
                    "Create a token",
                    "The secret is shown only once. A token created with another token never outlives that one. /auth/tokens and "
                    + "/auth/tokens/create are the same call.")
                .Answers(TokenExamples.Created, 409);
        }

        tokens.MapDelete("/auth/tokens/{id}", RevokeAsync)
            .RequirePermission(Permissions.ManageOwnAccount)
            .Describe("revokeToken", "Revoke a token", "The very next request with it is refused.")
            .AnswersMessage(Revoked, 404);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Actor actor, ITokenService tokens, CancellationToken cancellationToken)
    {
        var query = new StrictQuery(http);
        var owner = query.OneOf("owner", Owners);
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
        {
            var command = new CreateTokenCommand { Name = body.Name, ExpiresAt = body.ExpiresAt, ExpiresHours = body.ExpiresHours };
            return Replies.From(await tokens.CreateAsync(actor, command, cancellationToken), created => created.ToResponse());
        });

    private static async Task<IResult> RevokeAsync(
        HttpContext http, Actor actor, [Description("The token's id.")] RowId id, ITokenService tokens,
        CancellationToken cancellationToken) =>
        Replies.Done(await tokens.RevokeAsync(actor, id.Value, cancellationToken), Revoked);
}

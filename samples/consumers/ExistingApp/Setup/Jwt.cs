// <snippet:jwt>
using System.Security.Claims;
using System.Text;
using KohakuRiver.Auth;
using KohakuRiver.Auth.AspNetCore;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Tokens;
// </snippet:jwt>

namespace Workshop.Setup;

/// <summary>The tokens that the app's own programs carry.</summary>
internal static class Jwt
{
    internal static void AddServices(WebApplicationBuilder builder)
    {
        // <snippet:jwt>
        builder.Services.AddAuthentication().AddJwtBearer(o =>
        {
            o.MapInboundClaims = false;
            o.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = "workshop",
                ValidAudience = "workshop",
                IssuerSigningKey = new SymmetricSecurityKey(Encoding.UTF8.GetBytes(builder.Configuration["Jwt:Key"]!)),
                NameClaimType = "sub",
            };
        });
        builder.Services.AddAuthorization(o =>
        {
            o.AddPolicy("robots", policy => policy
                .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme)
                .RequireAuthenticatedUser());

            // Whoever is known to one of the two.
            o.AddPolicy("robots or people", policy => policy
                .AddAuthenticationSchemes(JwtBearerDefaults.AuthenticationScheme, KohakuAuthDefaults.Scheme)
                .RequireAuthenticatedUser());
        });
        // </snippet:jwt>
    }

    internal static void Map(WebApplication app)
    {
        // <snippet:jwt>
        app.MapGet("/robots", (ClaimsPrincipal user) => $"Hello {user.Identity!.Name}").RequireAuthorization("robots");

        // Each by what counts for them: a robot by the scope in its token, a person of the cluster by their permission.
        app.MapPost("/jobs", async (KohakuActor actor, ClaimsPrincipal user, IAuthorizationService authorization) =>
        {
            // Not Results.Forbid(): that is answered by the app's default scheme, which leads to a page.
            var refused = Results.StatusCode(StatusCodes.Status403Forbidden);
            if (!actor.IsAuthenticated)
            {
                return user.HasClaim("scope", "jobs") ? Results.Text($"Job of the robot {user.Identity!.Name}") : refused;
            }

            return (await authorization.AuthorizeAsync(user, PermissionNames.SubmitTasks)).Succeeded
                ? Results.Text($"Job of {actor.Username}")
                : refused;
        }).RequireAuthorization("robots or people");
        // </snippet:jwt>
    }
}

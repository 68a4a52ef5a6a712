// <snippet:identity>
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
// </snippet:identity>

namespace Workshop.Setup;

/// <summary>What the app had: ASP.NET Core Identity, whose cookie is its default scheme, and a second cookie for partners.</summary>
internal static class OwnSchemes
{
    // <snippet:cookies>
    internal const string Partners = "Partners";
    // </snippet:cookies>

    internal static void AddServices(WebApplicationBuilder builder)
    {
        // <snippet:identity>
        builder.Services.AddDbContext<WorkshopContext>(o => o.UseSqlite(builder.Configuration.GetConnectionString("Workshop")));
        builder.Services.AddIdentity<User, Role>().AddEntityFrameworkStores<WorkshopContext>();
        builder.Services.ConfigureApplicationCookie(o => o.LoginPath = "/account/login");
        // </snippet:identity>

        // <snippet:cookies>
        builder.Services.AddAuthentication().AddCookie(Partners, o => o.LoginPath = "/partners/login");
        builder.Services.AddAuthorization(o => o.AddPolicy(
            Partners, policy => policy.AddAuthenticationSchemes(Partners).RequireAuthenticatedUser()));
        // </snippet:cookies>
    }

    internal static void Map(WebApplication app)
    {
        // <snippet:identity>
        // The app's own users: its default scheme is still Identity's cookie.
        app.MapGet("/account", (HttpContext http) => $"Account of {http.User.Identity!.Name}").RequireAuthorization();
        // </snippet:identity>
        app.MapPost("/account/login", async (Credentials sent, SignInManager<User> signIn) =>
            (await signIn.PasswordSignInAsync(sent.Name, sent.Password, isPersistent: false, lockoutOnFailure: true)).Succeeded
                ? Results.NoContent()
                : Results.Unauthorized()).WithHttpLogging(Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.None);

        // <snippet:cookies>
        app.MapGet("/partners", () => "For partners").RequireAuthorization(Partners);
        // </snippet:cookies>
    }

    private sealed record Credentials(string Name, string Password);
}

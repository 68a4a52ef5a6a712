using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace KohakuRiver.Auth.Benchmarks.Hosting;

/// <summary>What people write by hand: an authentication handler that looks the token's hash up on each request.</summary>
internal static class LookUpApp
{
    private const string Scheme = "LookUp";

    /// <summary>Starts the app on SQLite and gives a token of one user.</summary>
    public static Task<(WebApplication App, string Token)> StartAsync(string folder) =>
        StartAsync(folder, o => o.UseSqlite($"Data Source={Path.Combine(folder, "lookup.db")}"));

    public static async Task<(WebApplication App, string Token)> StartAsync(string folder, Action<DbContextOptionsBuilder> useEngine)
    {
        var builder = PlainApp.CreateBuilder(folder);
        builder.Services.AddDbContextPool<Tokens>(useEngine);
        builder.Services.AddAuthorization();
        builder.Services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, Handler>(Scheme, null);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapWork().RequireAuthorization();
        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<Tokens>();
            await db.Database.EnsureCreatedAsync();
            db.Rows.Add(new TokenRow { Hash = HashOf(token), User = new UserRow { Name = "worker", Role = "user" } });
            await db.SaveChangesAsync();
        }

        await app.StartAsync();
        return (app, token);
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private sealed class Handler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Tokens db)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var sent = Request.Headers.Authorization.ToString();
            if (!sent.StartsWith("Bearer ", StringComparison.Ordinal))
            {
                return AuthenticateResult.NoResult();
            }

            var hash = HashOf(sent["Bearer ".Length..]);
            var user = await db.Rows.AsNoTracking().Where(t => t.Hash == hash)
                .Select(t => new { t.User!.Id, t.User.Name, t.User.Role })
                .FirstOrDefaultAsync(Context.RequestAborted);
            if (user is null)
            {
                return AuthenticateResult.Fail("unknown token");
            }

            var identity = new ClaimsIdentity(
                [new Claim(ClaimTypes.NameIdentifier, $"{user.Id}"), new Claim(ClaimTypes.Name, user.Name),
                    new Claim(ClaimTypes.Role, user.Role)], Scheme.Name);
            return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
        }
    }

    private sealed class Tokens(DbContextOptions<Tokens> options) : DbContext(options)
    {
        public DbSet<TokenRow> Rows => Set<TokenRow>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<UserRow>().ToTable("lookup_users");
            modelBuilder.Entity<TokenRow>().ToTable("lookup_tokens").HasIndex(t => t.Hash).IsUnique();
        }
    }

    private sealed class UserRow
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public required string Role { get; set; }
    }

    private sealed class TokenRow
    {
        public int Id { get; set; }

        public required byte[] Hash { get; set; }

        public int UserId { get; set; }

        public UserRow? User { get; set; }
    }
}

using System.Collections.Concurrent;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Safety;

/// <summary>
/// Whoever calls is who the answer is about, whatever others do at the same moment. On SQLite, where credentials are kept in the process.
/// </summary>
public sealed class IdentityTests(ITestOutputHelper output)
{
    private const int People = 50;
    private const int Requests = 10_000;

    [Fact]
    [Trait("Requirement", "D11"), Trait("Requirement", "V15.4.1")]
    public async Task Requests_Of50UsersMixed_NeverShowAnothersIdentity()
    {
        await using var host = await TestHost.StartApiAsync(StoreKind.Sqlite);
        var people = new List<TestUser>();
        for (var i = 0; i < People; i++)
        {
            people.Add(await host.AddAsync((Role)(1 + (i % 4))));
        }

        var wrong = new ConcurrentQueue<string>();
        var kinds = new int[12];
        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
        {
            var user = people[i * 31 % People];
            var other = people[i * 17 % People];
            var client = i / 7 % 2 == 0 ? user.Session : user.Bearer;
            var kind = i % 200 == 0 ? 10 : i % 200 == 100 ? 11 : i % 10;
            Interlocked.Increment(ref kinds[kind]);
            switch (kind)
            {
                case 0:
                    var current = (await client.GetAsync("/api/auth/sessions")).Expect(200).Json
                        .EnumerateArray()
                        .Any(s => s.GetProperty("current").GetBoolean());
                    Check(current == (client.Cookie is not null), "the sessions");
                    break;
                case 1:
                    var owners = (await client.GetAsync("/api/auth/tokens")).Expect(200).Json
                        .EnumerateArray()
                        .Select(t => t.GetProperty("owner").GetProperty("username").GetString());
                    Check(owners.All(o => o == user.Name), "the tokens");
                    break;
                case 2:
                    Check(
                        (await client.GetAsync("/api/auth/users?limit=1")).Status == (user.Role >= Role.Operator ? 200 : 403), "the users");
                    break;
                case 3:
                    Check((await client.GetAsync("/api/auth/settings")).Status == (user.Role == Role.Admin ? 200 : 403), "the settings");
                    break;
                case 4:
                    // A secret of the right form that nobody has, and one with a letter changed.
                    Check(
                        (await (host.Anonymous with { Bearer = Changed(user.Token) }).GetAsync("/api/auth/me")).Status == 401,
                        "a bad token");
                    break;
                case 5:
                    Check(
                        (await (host.Anonymous with { Bearer = user.Cookie }).GetAsync("/api/auth/me")).Status == 401,
                        "a session secret as a token");
                    break;
                case 6:
                    var anonymous = (await host.Anonymous.GetAsync("/api/auth/me")).Expect(200).Text;
                    Check(people.All(p => !anonymous.Contains($"\"{p.Name}\"", StringComparison.Ordinal)), "nobody");
                    break;
                case 10:
                    Check(
                        (await client.PatchAsync("/api/auth/me", new { display_name = $"{user.Name} {i}" })).Expect(200)["username"]
                            .GetString() == user.Name,
                        "a change");
                    break;
                case 11:
                    await RevokeAsync(host, user, other);
                    break;
                default:
                    var me = (await client.GetAsync("/api/auth/me")).Expect(200);
                    Check(me.Id == user.Id && me["username"].GetString() == user.Name, $"me: {me.Text}");
                    break;
            }

            void Check(bool right, string what)
            {
                if (!right)
                {
                    wrong.Enqueue($"{i} {user.Name}: {what}");
                }
            }
        });

        output.WriteLine($"{Requests} requests, {kinds[11]} revocations among them, {wrong.Count} wrong identities.");
        Assert.Empty(wrong);
        foreach (var person in people)
        {
            var stored = (await host.Stores.Users.FindAsync(person.Id, CancellationToken.None))!;
            Assert.StartsWith(person.Name, stored.DisplayName, StringComparison.Ordinal);
        }

        async Task RevokeAsync(TestHost there, TestUser user, TestUser other)
        {
            var made = (await user.Session.PostAsync("/api/auth/tokens/create", new { name = "short" })).Expect(200);
            var client = there.Anonymous with { Bearer = made["token"].GetString() };
            if ((await client.GetAsync("/api/auth/me")).Expect(200).Id != user.Id)
            {
                wrong.Enqueue($"{user.Name}: a new token");
            }

            (await user.Session.DeleteAsync($"/api/auth/tokens/{made["id"].GetInt64()}")).Expect(200);
            if ((await client.GetAsync("/api/auth/me")).Status != 401 || (await other.Bearer.GetAsync("/api/auth/me")).Id != other.Id)
            {
                wrong.Enqueue($"{user.Name}: a revoked token, or {other.Name} beside it");
            }
        }
    }

    private static string Changed(string secret) => secret[..^8] + (secret[^8] == 'A' ? 'B' : 'A') + secret[^7..];
}

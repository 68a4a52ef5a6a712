using System.Text;
using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api.Input;

/// <summary>Every field of every contract with every kind of bad value (R2): refused, named, and nothing changed.</summary>
public sealed class BadBodyTests
{
    // Their faults are told as something else than a fault of the field, on purpose: a wrong login, a wrong secret.
    private static readonly HashSet<string> NotNamed = new(StringComparer.Ordinal) { "POST /api/auth/login" };

    [Fact]
    public async Task Cases_ComparedWithWhatIsMapped_CoverEveryContract()
    {
        await using var host = await TestHost.StartApiAsync();
        Assert.Equal(
            BodyCase.Contracts(host).Keys.Order(StringComparer.Ordinal),
            BodyCase.All(1, 1).Select(c => c.Call).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(StoreKind.InMemory)]
    [InlineData(StoreKind.Sqlite)]
    [Trait("Requirement", "R2"), Trait("Requirement", "V1.4.2"), Trait("Requirement", "V15.3.5")]
    public async Task EveryField_WithABadValue_IsRefusedByNameAndChangesNothing(StoreKind store)
    {
        await using var stage = await Stage.SetAsync(store);
        foreach (var sample in stage.Cases)
        {
            foreach (var (name, type) in stage.Contracts[sample.Call].Fields)
            {
                foreach (var value in BodyCase.BadValues(type))
                {
                    await stage.RefuseAsync(sample, With(Stage.BodyFor(sample, name), name, value), name, !NotNamed.Contains(sample.Call));
                }
            }
        }

        await stage.CompareAsync("anything");
    }

    [Fact]
    [Trait("Requirement", "R2"), Trait("Requirement", "V1.5.3"), Trait("Requirement", "V15.3.3")]
    public async Task EveryField_SentTwiceInAnotherCaseOrUnknown_IsRefusedByName()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var sample in stage.Cases)
        {
            foreach (var (name, _) in stage.Contracts[sample.Call].Fields)
            {
                var good = sample.Body;
                var value = good[name]?.ToJsonString() ?? "null";
                good.Remove(name);
                var rest = good.Count == 0 ? "" : "," + good.ToJsonString()[1..^1];
                await stage.RefuseAsync(sample, $$"""{"{{name}}":{{value}},"{{name}}":{{value}}{{rest}}}""", name);
                foreach (var other in new[]
                {
                    name.ToUpperInvariant(),
                    char.ToUpperInvariant(name[0]) + name[1..],
                    name + " ",
                    name.Replace("_", "", StringComparison.Ordinal) + "x",
                })
                {
                    await stage.RefuseAsync(sample, $$"""{"{{other}}":{{value}}{{rest}}}""", other);
                    await stage.RefuseAsync(sample, $$"""{"{{name}}":{{value}},"{{other}}":{{value}}{{rest}}}""", other);
                }
            }
        }
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task EveryNeededField_LeftOutOrNull_IsRefusedByName()
    {
        await using var stage = await Stage.SetAsync();
        foreach (var sample in stage.Cases)
        {
            foreach (var name in sample.Needed)
            {
                var without = sample.Body;
                without.Remove(name);
                await stage.RefuseAsync(sample, without.ToJsonString(), name);
                await stage.RefuseAsync(sample, With(sample.Body, name, "null"), name);
            }
        }
    }

    [Fact]
    [Trait("Requirement", "R2")]
    public async Task EveryBody_ThatIsNoJsonObject_IsRefused()
    {
        await using var stage = await Stage.SetAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 17)) + "1" + new string('}', 17);
        foreach (var sample in stage.Cases)
        {
            var good = sample.Good;
            if (!stage.Contracts[sample.Call].IsOptional)
            {
                await stage.RefuseAsync(sample, "null", null);
            }

            foreach (var body in new[]
            {
                "[]",
                "5",
                "\"x\"",
                "true",
                "{",
                "}",
                good + good,
                good + "x",
                good[..^1] + ",}",
                "/*c*/" + good,
                "{'a':1}",
                "{a:1}",
                "NaN",
                " ",
                "\uFEFF" + good,
                deep,
            })
            {
                await stage.RefuseAsync(sample, body, null);
            }

            byte[] latin = [.. Encoding.UTF8.GetBytes(good[..^2]), 0xE9, .. Encoding.UTF8.GetBytes(good[^2..])];
            await stage.RefuseAsync(sample, latin, null);
            await stage.RefuseAsync(sample, Encoding.Unicode.GetBytes(good), null);
            var large = (await stage.SendAsync(sample, $$"""{"x":"{{new string('x', 65_536)}}"}""")).ExpectProblem(413);
            Assert.DoesNotContain("xxxx", large.Text, StringComparison.Ordinal);
            if (!stage.Contracts[sample.Call].IsOptional)
            {
                await stage.RefuseAsync(sample, "", null);
                (await stage.SendAsync(sample, null)).ExpectProblem(400);
            }
        }
    }

    /// <summary>Two hosts get the same calls in the same order; one of them with what is left out written as null.</summary>
    [Fact]
    public async Task EveryOptionalFieldAndBody_AsNull_IsTheSameAsAbsent()
    {
        await using var without = await Stage.SetAsync();
        await using var withNull = await Stage.SetAsync();
        var compared = 0;
        foreach (var sample in without.Cases)
        {
            var contract = without.Contracts[sample.Call];
            foreach (var (name, _) in contract.Fields.Where(f => !sample.Needed.Contains(f.Name, StringComparer.Ordinal)))
            {
                var body = sample.Body;
                body.Remove(name);
                await CompareAsync(sample, body.ToJsonString(), With(body, name, "null"));
            }

            if (contract.IsOptional)
            {
                await CompareAsync(sample, null, "null");
            }
        }

        Assert.True(compared > 30, $"Only {compared} were compared.");

        async Task CompareAsync(BodyCase sample, string? absent, string isNull)
        {
            var one = await without.SendAsync(sample, absent);
            var other = await withNull.SendAsync(sample, isNull);
            Assert.True(
                (one.Status, DetailOf(one)) == (other.Status, DetailOf(other)),
                $"{sample.Call} {absent} answered {one.Text}, {isNull} answered {other.Text}");
            compared++;
        }

        static string? DetailOf(ApiAnswer answer) => answer.Status == 200 ? null : answer.Json.TryGetProperty("detail", out var detail)
            ? detail.GetString() : null;
    }

    [Fact]
    public async Task FieldNames_OfEndlessLength_AreCutInTheAnswer()
    {
        await using var stage = await Stage.SetAsync();
        var sample = stage.Cases[0];
        var answer = (await stage.SendAsync(sample, $$"""{"{{new string('x', 60_000)}}":1,"a\u202eb\n":2}""")).ExpectProblem(400);
        Assert.True(answer.Text.Length < 2000);
        Assert.DoesNotContain("\u202e", answer.Json.ToString(), StringComparison.Ordinal);
    }

    private static string With(JsonObject body, string name, string raw)
    {
        body.Remove(name);
        return body.Count == 0 ? $$"""{"{{name}}":{{raw}}}""" : $"{body.ToJsonString()[..^1]},\"{name}\":{raw}}}";
    }

    /// <summary>A host with somebody and something for every call to work on.</summary>
    private sealed class Stage(
        TestHost host, StoreKind store, TestUser admin, IReadOnlyList<BodyCase> cases, string before) : IAsyncDisposable
    {
        internal IReadOnlyList<BodyCase> Cases => cases;

        internal IReadOnlyDictionary<string,
        (IReadOnlyList<(string Name, Type Type)> Fields, bool IsOptional)> Contracts { get; } = BodyCase.Contracts(host);

        internal static async Task<Stage> SetAsync(StoreKind store = StoreKind.InMemory)
        {
            var host = await TestHost.StartApiAsync(ElsewhereScheme.AddTo(new HostSetup { Store = store }));
            var admin = await host.AddAsync(Role.Admin);
            var mary = await host.AddAsync(Role.User, "mary");
            var group = (await host.Master.PostAsync("/api/auth/groups", new { name = "lab" })).Id;
            await host.SubmitAsync(mary, "t-1");
            return new Stage(host, store, admin, BodyCase.All(mary.Id, group), await StateDump.OfAsync(host));
        }

        internal Task<ApiAnswer> SendAsync(BodyCase sample, object? body) => admin.Session.SendAsync(sample.Method, sample.Path, body);

        internal async Task RefuseAsync(BodyCase sample, object body, string? field, bool named = true)
        {
            var answer = await SendAsync(sample, body);
            var shown = $"{sample.Call} {(body is string text && text.Length < 300 ? text : "…")}: {answer.Text}";
            Assert.True(answer.Status is >= 400 and < 500, shown);
            answer.ExpectProblem(answer.Status);
            if (field is not null && named && answer.Status == 400)
            {
                Assert.True(answer.Json.TryGetProperty("errors", out var errors), shown);
                Assert.True(
                    errors.EnumerateObject()
                        .Any(
                            e => e.Name == field
                                || e.Name.StartsWith(field + ".", StringComparison.Ordinal)
                                || e.Name.StartsWith(field + "[", StringComparison.Ordinal)),
                    shown);
            }

            Assert.True(!named || answer.Status == 400 || field is "register_secret", shown);
            if (store == StoreKind.InMemory)
            {
                await CompareAsync(shown);
            }
        }

        internal async Task CompareAsync(string what) => Assert.True(before == await StateDump.OfAsync(host), "changed by " + what);

        /// <summary>The good body; codes stand in place of an admin's role and groups.</summary>
        internal static JsonObject BodyFor(BodyCase sample, string field)
        {
            var body = sample.Body;
            if (field is "invitation_code" or "register_secret")
            {
                body.Remove("role");
                body.Remove("group_ids");
            }

            return body;
        }

        public ValueTask DisposeAsync() => host.DisposeAsync();
    }
}

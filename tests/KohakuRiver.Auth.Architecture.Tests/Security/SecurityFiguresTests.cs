using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>The figures and words of <c>docs/security.md</c> are those of the code.</summary>
public sealed partial class SecurityFiguresTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    private static readonly Dictionary<string, Func<string, object?>[]> Checks = new(StringComparer.Ordinal)
    {
        ["username"] = [FieldRules.Username],
        ["display name, group name, token name"] = [FieldRules.DisplayName, FieldRules.GroupName, FieldRules.TokenName],
        ["description, reason"] = [FieldRules.FreeText],
        ["task id, VPS id"] = [FieldRules.HostId],
        ["key of a group's limit"] = [key => FieldRules.Limits(new Dictionary<string, long>(StringComparer.Ordinal) { [key] = 1 })],
        ["password"] = [CheckPassword],
    };

    [Fact]
    [Trait("Requirement", "V2.1.3"), Trait("Requirement", "V6.1.1")]
    public void Limits_InTheDocument_AreTheDefaults()
    {
        var defaults = new KohakuAuthOptions();
        var rows = LimitRow().Matches(Document).ToList();
        Assert.Equal(11, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            Convert.ToInt64(Read(defaults, row.Groups["key"].Value), CultureInfo.InvariantCulture),
            long.Parse(row.Groups["value"].Value, CultureInfo.InvariantCulture)));
        Assert.Contains($"| characters of a password | {PasswordPolicy.MaximumLength} |", Document, StringComparison.Ordinal);

        // Every limit there is stands in the table.
        var named = rows.Select(r => r.Groups["key"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(typeof(LimitOptions).GetProperties(), p => Assert.Contains($"Limits:{p.Name}", named));
        Assert.All(
            typeof(ThrottlingOptions).GetProperties().Where(p => p.PropertyType == typeof(int)),
            p => Assert.Contains($"Throttling:{p.Name}", named));
    }

    [Fact]
    [Trait("Requirement", "V6.1.1"), Trait("Requirement", "V7.1.1")]
    public void Times_InTheDocument_AreTheDefaults()
    {
        var defaults = new KohakuAuthOptions();
        Assert.Contains($"| Lifetime | {defaults.SessionLifetime.TotalHours} h from login", Document, StringComparison.Ordinal);
        Assert.Contains($"| Rest | {defaults.SessionIdleTimeout.TotalHours} h without", Document, StringComparison.Ordinal);
        Assert.Contains($"| At the same time | {defaults.Limits.SessionsPerUser} for each user", Document, StringComparison.Ordinal);
        Assert.Equal((30, 1), (defaults.Throttling.LockoutFirstPause.TotalSeconds, defaults.Throttling.LockoutLongestPause.TotalHours));
        Assert.Contains("30 seconds at first, doubling to one\nhour", Document, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "V6.1.2")]
    public void Words_InTheDocument_AreThoseOfThePolicy()
    {
        var words = (string[])typeof(PasswordPolicy).GetField("ProductWords", BindingFlags.NonPublic | BindingFlags.Static)!
            .GetValue(null)!;
        Assert.Contains($"the words {string.Join(", ", words.Select(w => $"`{w}`"))}", Document.ReplaceLineEndings(" "),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("username", 3, 50)]
    [InlineData("display name, group name, token name", 1, 100)]
    [InlineData("description, reason", 0, 1000)]
    [InlineData("task id, VPS id", 1, 64)]
    [InlineData("key of a group's limit", 1, 50)]
    [InlineData("password", 15, 256)]
    [Trait("Requirement", "V2.1.1")]
    public void Lengths_InTheDocument_AreThoseTheRulesKeep(string field, int from, int to)
    {
        Assert.Contains($"| {field} | {from} | {to} |", Document, StringComparison.Ordinal);
        foreach (var check in Checks[field])
        {
            Assert.Null(check(Text(from)));
            Assert.Null(check(Text(to)));
            Assert.NotNull(check(Text(to + 1)));
            if (from > 0)
            {
                Assert.NotNull(check(Text(from - 1)));
            }
        }

        // Not one letter again and again, which no password may be.
        static string Text(int length) =>
            string.Concat(Enumerable.Range(0, length).Select(i => "kqzvxwjyhtpmbdfgnrscl"[(i * i + i / 7) % 21]));
    }

    private static Refusal? CheckPassword(string? password) =>
        new PasswordPolicy(Microsoft.Extensions.Options.Options.Create(new KohakuAuthOptions())).Check("password", password, null);

    private static object Read(object options, string key)
    {
        foreach (var part in key.Split(':'))
        {
            options = options.GetType().GetProperty(part)!.GetValue(options)!;
        }

        return options;
    }

    [GeneratedRegex(@"^\| [^|]+ \| (?<value>\d+) \| `(?<key>\w+:\w+)` \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 60_000)]
    private static partial Regex LimitRow();
}

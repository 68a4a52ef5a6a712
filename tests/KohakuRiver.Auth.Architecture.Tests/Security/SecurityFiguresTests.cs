using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using KohakuRiver.Auth.Passwords;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>The figures and words of <c>docs/security.md</c> are those of the code.</summary>
public sealed partial class SecurityFiguresTests
{
    private static readonly string Document = File.ReadAllText(SecurityTables.Path);

    [Fact]
    public void V2_1_3_V6_1_1_Limits_InTheDocument_AreTheDefaults()
    {
        var defaults = new KohakuAuthOptions();
        var rows = LimitRow().Matches(Document).ToList();
        Assert.Equal(10, rows.Count);
        Assert.All(rows, row => Assert.Equal(
            Convert.ToInt64(Read(defaults, row.Groups["key"].Value), CultureInfo.InvariantCulture), long.Parse(row.Groups["value"].Value, CultureInfo.InvariantCulture)));
        Assert.Contains($"| characters of a password | {PasswordPolicy.MaximumLength} |", Document, StringComparison.Ordinal);

        // Every limit there is stands in the table.
        var named = rows.Select(r => r.Groups["key"].Value).ToHashSet(StringComparer.Ordinal);
        Assert.All(typeof(LimitOptions).GetProperties(), p => Assert.Contains($"Limits:{p.Name}", named));
        Assert.All(typeof(ThrottlingOptions).GetProperties().Where(p => p.PropertyType == typeof(int)), p => Assert.Contains($"Throttling:{p.Name}", named));
    }

    [Fact]
    public void V6_1_1_V7_1_1_Times_InTheDocument_AreTheDefaults()
    {
        var defaults = new KohakuAuthOptions();
        Assert.Contains($"| Lifetime | {defaults.SessionLifetime.TotalHours} h from login", Document, StringComparison.Ordinal);
        Assert.Contains($"| Rest | {defaults.SessionIdleTimeout.TotalHours} h without", Document, StringComparison.Ordinal);
        Assert.Contains($"| At the same time | {defaults.Limits.SessionsPerUser} for each user", Document, StringComparison.Ordinal);
        Assert.Equal((30, 1), (defaults.Throttling.LockoutFirstPause.TotalSeconds, defaults.Throttling.LockoutLongestPause.TotalHours));
        Assert.Contains("30 seconds at first, doubling to one\nhour", Document, StringComparison.Ordinal);
    }

    [Fact]
    public void V6_1_2_Words_InTheDocument_AreThoseOfThePolicy()
    {
        var words = (string[])typeof(PasswordPolicy).GetField("ProductWords", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        Assert.Contains($"the words {string.Join(", ", words.Select(w => $"`{w}`"))}", Document.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    private static object Read(object options, string key)
    {
        foreach (var part in key.Split(':'))
        {
            options = options.GetType().GetProperty(part)!.GetValue(options)!;
        }

        return options;
    }

    [GeneratedRegex(@"^\| [^|]+ \| (?<value>\d+) \| `(?<key>\w+:\w+)` \|$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex LimitRow();
}

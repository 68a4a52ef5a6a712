using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>Rows that the sources show: where randomness comes from, which hashes are used, how secrets are compared.</summary>
public sealed partial class SourceRowTests
{
    private static readonly string[] Folders = ["src", "samples"];

    [Fact]
    public void V6_5_3_V11_5_1_Randomness_Everywhere_IsTheSystemsGenerator()
    {
        Law.Holds(Lines().Where(l => WeakRandom().IsMatch(l.Text)).Select(l => $"{l.File}: {l.Text.Trim()}"));
        Assert.Contains(Lines(), l => l.File.EndsWith("SecretGenerator.cs", StringComparison.Ordinal) && l.Text.Contains("RandomNumberGenerator", StringComparison.Ordinal)
            || l.File.EndsWith("SecretFormat.cs", StringComparison.Ordinal) && l.Text.Contains("RandomNumberGenerator", StringComparison.Ordinal));
    }

    [Fact]
    public void V11_4_1_Hashes_Everywhere_AreNoBrokenOnes() => Law.Holds(
        from line in Lines()
        where BrokenHash().IsMatch(line.Text)
        select $"{line.File}: {line.Text.Trim()}");

    [Fact]
    public void R6_V11_2_4_Secrets_WhereTheyAreCompared_AreComparedInConstantTime()
    {
        // Configured secrets are text; all others are looked up by their hash. The validator compares two settings of the host's own.
        Law.Holds(
            from line in Lines()
            where !line.File.EndsWith("KohakuAuthOptionsValidator.cs", StringComparison.Ordinal) && PlainComparison().IsMatch(line.Text)
            select $"{line.File}: {line.Text.Trim()}");
        var comparing = Lines().Where(l => l.Text.Contains("FixedTimeEquals", StringComparison.Ordinal)).Select(l => Path.GetFileName(l.File)).Distinct(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["CredentialService.cs", "FormTokens.cs"], StringComparer.Ordinal), comparing.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public void Known_DataProtection2026_V9_1_2_Libraries_UseNoDataProtectionAndNoSelfContainedTokens() => Law.Holds(
        from library in Libraries.All.Values
        from reference in library.GetReferencedAssemblies()
        where reference.Name is { } name && (name.Contains("DataProtection", StringComparison.Ordinal) || name.Contains("Antiforgery", StringComparison.Ordinal)
            || name.Contains("Authentication.Cookies", StringComparison.Ordinal) || name.Contains("Jwt", StringComparison.OrdinalIgnoreCase) || name.Contains("IdentityModel", StringComparison.Ordinal))
        select $"{library.GetName().Name} refers to {reference.Name}");

    [Fact]
    public void V6_4_2_Fields_OfAllTypes_HoldNoHintsOrQuestions() => Law.Holds(
        from name in (string[])[Libraries.CoreName, "KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth.EntityFrameworkCore"]
        from type in Libraries.All[name].GetTypes()
        from property in type.GetProperties()
        where Question().IsMatch(property.Name)
        select $"{type}.{property.Name}");

    [Theory]
    [InlineData("var x = new Random();", true)]
    [InlineData("Random.Shared.Next()", true)]
    [InlineData("Guid.NewGuid()", true)]
    [InlineData("RandomNumberGenerator.Fill(x)", false)]
    public void RandomRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, WeakRandom().IsMatch(line));

    [Theory]
    [InlineData("if (sent == options.AdminSecret)", true)]
    [InlineData("options.AdminRegisterSecret.Equals(sent, StringComparison.Ordinal)", true)]
    [InlineData("string.Equals(sent, options.AdminSecretPrevious)", true)]
    [InlineData("secret.Reveal() == sent", true)]
    [InlineData("string.IsNullOrEmpty(options.AdminSecret)", false)]
    [InlineData("options.AdminSecret is not null", false)]
    public void ComparisonRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, PlainComparison().IsMatch(line));

    private static IEnumerable<(string File, string Text)> Lines() =>
        from folder in Folders
        from file in Repository.CSharp(folder)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (Repository.Show(file), line);

    [GeneratedRegex(@"\bnew Random\b|\bRandom\.Shared\b|\bGuid\.NewGuid\b", RegexOptions.None, 1000)]
    private static partial Regex WeakRandom();

    [GeneratedRegex(@"\b(MD5|SHA1|HMACMD5|HMACSHA1|DES|TripleDES|RC2)\b(\.|Managed|Crypto|\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BrokenHash();

    [GeneratedRegex(@"(Admin(Register)?Secret(Previous)?|\.Reveal\(\))\s*(==|!=)|(==|!=)\s*[\w.]*Admin(Register)?Secret|(Admin(Register)?Secret(Previous)?\??|\.Reveal\(\))\.(Equals|SequenceEqual|CompareTo)|Equals\([^)]*(Admin(Register)?Secret|\.Reveal\(\))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PlainComparison();

    [GeneratedRegex("(?i)hint|question|birth|maiden", RegexOptions.None, 1000)]
    private static partial Regex Question();
}

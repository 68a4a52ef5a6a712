using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>Rows that the sources show: where randomness comes from, which hashes are used, how secrets are compared.</summary>
public sealed partial class SourceRowTests
{
    private static readonly string[] Folders = ["src", "samples"];

    /// <summary>
    /// All that scripts do with the browser's storage: ids of the rows that were chosen, until their list is shown again, and when the
    /// session was last used, so that its tabs agree. Both go with the session. That a
    /// browser is to have no single keys stays: it says nothing of anybody.
    /// </summary>
    private static readonly Dictionary<string, string[]> Stored = new(StringComparer.Ordinal)
    {
        ["55-bulk.js"] =
        [
            "sessionStorage.getItem(place)", "sessionStorage.removeItem(place)",
            "sessionStorage.setItem(place, chosen.map(box => box.value).join(' '))",
        ],
        ["62-keys.js"] =
        [
            "localStorage.getItem(remembered)", "localStorage.removeItem(remembered)", "localStorage.setItem(remembered, 'off')",
        ],
        ["70-session.js"] =
        [
            "localStorage.getItem(key)", "localStorage.setItem(key, String(own))", "forget(localStorage, key)", "forget(localStorage)",
            "forget(sessionStorage)",
        ],
    };

    [Fact]
    [Trait("Requirement", "V6.5.3"), Trait("Requirement", "V11.5.1")]
    public void Randomness_Everywhere_IsTheSystemsGenerator()
    {
        ArchitectureRules.Holds(Lines().Where(l => WeakRandom().IsMatch(l.Text)).Select(l => $"{l.File}: {l.Text.Trim()}"));
        Assert.Contains(
            Lines(),
            l => l.File.EndsWith("SecretGenerator.cs", StringComparison.Ordinal)
                && l.Text.Contains("RandomNumberGenerator", StringComparison.Ordinal)
            || l.File.EndsWith("SecretFormat.cs", StringComparison.Ordinal)
                && l.Text.Contains("RandomNumberGenerator", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "V11.4.1")]
    public void Hashes_Everywhere_AreNoBrokenOnes() => ArchitectureRules.Holds(
        from line in Lines()
        where BrokenHash().IsMatch(line.Text)
        select $"{line.File}: {line.Text.Trim()}");

    [Fact]
    [Trait("Requirement", "R6"), Trait("Requirement", "V11.2.4")]
    public void Secrets_WhereTheyAreCompared_AreComparedInConstantTime()
    {
        // Configured secrets are text; all others are looked up by their hash. The validator compares two settings of the host's own.
        ArchitectureRules.Holds(
            from line in Lines()
            where !line.File.EndsWith("KohakuAuthOptionsValidator.cs", StringComparison.Ordinal) && PlainComparison().IsMatch(line.Text)
            select $"{line.File}: {line.Text.Trim()}");
        var comparing = Lines().Where(l => l.Text.Contains("FixedTimeEquals", StringComparison.Ordinal))
            .Select(l => Path.GetFileName(l.File))
            .Distinct(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>(["CredentialService.cs", "FormTokens.cs"], StringComparer.Ordinal),
            comparing.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Requirement", "Known_DataProtection2026"), Trait("Requirement", "V9.1.2")]
    public void Libraries_UseNoDataProtectionAndNoSelfContainedTokens() => ArchitectureRules.Holds(
        from library in Libraries.All.Values
        from reference in library.GetReferencedAssemblies()
        where reference.Name is { } name
            && (name.Contains("DataProtection", StringComparison.Ordinal) || name.Contains("Antiforgery", StringComparison.Ordinal)
            || name.Contains("Authentication.Cookies", StringComparison.Ordinal)
                || name.Contains("Jwt", StringComparison.OrdinalIgnoreCase)
                || name.Contains("IdentityModel", StringComparison.Ordinal))
        select $"{library.GetName().Name} refers to {reference.Name}");

    [Fact]
    [Trait("Requirement", "V6.4.2")]
    public void Fields_OfAllTypes_HoldNoHintsOrQuestions() => ArchitectureRules.Holds(
        from name in (string[])[Libraries.CoreName, "KohakuRiver.Auth.AspNetCore", "KohakuRiver.Auth.EntityFrameworkCore"]
        from type in Libraries.All[name].GetTypes()
        from property in type.GetProperties()
        where Question().IsMatch(property.Name)
        select $"{type}.{property.Name}");

    [Fact]
    [Trait("Requirement", "V3.2.2"), Trait("Requirement", "V14.3.1"), Trait("Requirement", "V14.3.3")]
    public void Scripts_OfThePanel_WriteTextOnlyAndStoreNothingElse()
    {
        var scripts = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.js", SearchOption.AllDirectories)
            
                .Where(
                    f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                        && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .ToList();
        Assert.NotEmpty(scripts);
        ArchitectureRules.Holds(
            from file in scripts
            from line in File.ReadLines(file)
            where IsRisky(Path.GetFileName(file), line)
            select $"{Repository.Show(file)}: {line.Trim()}");

        // What is allowed is there: a place that no longer stores anything may not do so again unseen.
        ArchitectureRules.Holds(
            from allowed in Stored
            let text = string.Concat(scripts.Where(f => Path.GetFileName(f) == allowed.Key).Select(File.ReadAllText))
            from use in allowed.Value
            where !text.Contains(use, StringComparison.Ordinal)
            select $"{allowed.Key} has no {use}");
    }

    [Theory]
    [InlineData("element.innerHTML = name", true)]
    [InlineData("localStorage.setItem('x', 1)", true)]
    [InlineData("eval(text)", true)]
    [InlineData("document.write(x)", true)]
    [InlineData("setTimeout('go()', 5)", true)]
    [InlineData("setTimeout(() => go(), 5)", false)]
    [InlineData("text.textContent = question", false)]
    public void ScriptRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, IsRisky("10-badge.js", line));

    [Theory]
    [InlineData("55-bulk.js", "sessionStorage.removeItem(place);", false)]
    [InlineData("70-session.js", "sessionStorage.removeItem(place);", true)]
    [InlineData("10-badge.js", "localStorage.setItem(key, String(own));", true)]
    [InlineData("70-session.js", "localStorage.setItem(key, String(own));", false)]
    [InlineData("70-session.js", "localStorage.setItem(key, session.innerText);", true)]
    [InlineData("70-session.js", "localStorage.setItem(key, String(own)); localStorage.setItem('user', name);", true)]
    [InlineData("55-bulk.js", "sessionStorage.setItem(place, names);", true)]
    [InlineData("55-bulk.js", "sessionStorage[place] = names;", true)]
    public void StorageRule_OnSamples_AllowsOnlyWhatIsListed(string file, string line, bool found) =>
        Assert.Equal(found, IsRisky(file, line));

    [Fact]
    [Trait("Requirement", "V13.3.1")]
    public void Texts_OfSourcesSamplesAndDocuments_HoldNoSecrets() => ArchitectureRules.Holds(
        from file in Repository.Texts()
        let shown = Repository.Show(file)
        where !shown.StartsWith("tests/", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where Secret().IsMatch(line)
        select $"{shown}: {line.Trim()}");

    [Theory]
    [InlineData("krt_1qm1b1TjbSP5tjCKzsTb3GmRxLACBpvdJGXpsun1eMC4XBkWc", true)]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----", true)]
    [InlineData("Host=db;Password=hunter2;SSL Mode=VerifyFull", true)]
    [InlineData("\"AdminSecret\": \"correct horse battery staple correct horse\"", true)]
    [InlineData("Host=db;Password=…;SSL Mode=VerifyFull", false)]
    [InlineData("krt_abcd1234", false)]
    [InlineData("\"AdminSecret\": \"\"", false)]
    public void SecretRule_OnSamples_TellsThemApart(string line, bool found) => Assert.Equal(found, Secret().IsMatch(line));

    [Fact]
    [Trait("Requirement", "V12.3.1")]
    public void ConnectionStrings_OfPostgreSqlInDocumentsAndSources_CheckTheServer()
    {
        var lines = Repository.Texts().Where(f => !Repository.Show(f).StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Select(l => (File: Repository.Show(f), Text: l)))
                .Where(l => l.Text.Contains("Host=", StringComparison.Ordinal) && l.Text.Contains("Username=", StringComparison.Ordinal))
                .ToList();
        Assert.NotEmpty(lines);
        ArchitectureRules.Holds(
            lines.Where(l => !l.Text.Contains("SSL Mode=VerifyFull", StringComparison.Ordinal)).Select(l => $"{l.File}: {l.Text.Trim()}"));
    }

    [Fact]
    [Trait("Requirement", "V15.2.3")]
    public void Packages_OfTheLibraries_HoldNothingOfTestsAndSamples()
    {
        ArchitectureRules.Holds(
            from project in Repository.Projects
            from line in File.ReadLines(project.Value)
            where line.Contains("Include=\"..", StringComparison.Ordinal)
                && (line.Contains("tests", StringComparison.Ordinal) || line.Contains("samples", StringComparison.Ordinal))
            select $"{project.Key}: {line.Trim()}");
        ArchitectureRules.Holds(
            from library in Libraries.All
            where !library.Key.Contains(".Testing", StringComparison.Ordinal)
            from reference in library.Value.GetReferencedAssemblies()
            where reference.Name!.Contains("xunit", StringComparison.OrdinalIgnoreCase)
                || reference.Name.Contains("Testing", StringComparison.Ordinal)
                || reference.Name.Contains("Sample", StringComparison.Ordinal)
            select $"{library.Key} refers to {reference.Name}");
        ArchitectureRules.Holds(
            Repository.Texts()
                .Select(Repository.Show)
                .Where(f => f.StartsWith("tests/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(Path.Combine(Repository.Root, f)).Contains("<IsPackable>true", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Requirement", "V15.2.1")]
    public void Builds_WithAPackageOfAKnownHole_Fail() => ArchitectureRules.Holds((
        from file in Repository.Texts()
        where Path.GetExtension(file) is ".csproj" or ".props" or ".targets" or ".config" or ".editorconfig"
        from line in File.ReadLines(file)
        where line.Contains("NU190", StringComparison.Ordinal) || line.Contains("<NuGetAudit>false", StringComparison.OrdinalIgnoreCase)
        select $"{Repository.Show(file)} switches the check of packages off: {line.Trim()}")
        .Concat(
            from setting in new[]
            {
                "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>",
                "<NuGetAudit>true</NuGetAudit>",
                "<NuGetAuditMode>all</NuGetAuditMode>",
            }
            where !File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")).Contains(setting, StringComparison.Ordinal)
            select $"Directory.Build.props lacks {setting}"));

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

    private static bool IsRisky(string file, string line) => RiskyScript().IsMatch(
        Stored.GetValueOrDefault(file, []).Aggregate(line, (left, use) => left.Replace(use, "", StringComparison.Ordinal)));

    private static IEnumerable<(string File, string Text)> Lines() =>
        from folder in Folders
        from file in Repository.CSharp(folder)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
        select (Repository.Show(file), line);

    [GeneratedRegex(@"\bnew Random\b|\bRandom\.Shared\b|\bGuid\.NewGuid\b", RegexOptions.None, 60_000)]
    private static partial Regex WeakRandom();

    [GeneratedRegex(@"\b(MD5|SHA1|HMACMD5|HMACSHA1|DES|TripleDES|RC2)\b(\.|Managed|Crypto|\()", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex BrokenHash();

    [GeneratedRegex(
        @"(Admin(Register)?Secret(Previous)?|\.Reveal\(\))\s*(==|!=)|(==|!=)\s*[\w.]*Admin(Register)?Secret"
            + @"|(Admin(Register)?Secret(Previous)?\??|\.Reveal\(\))\.(Equals|SequenceEqual|CompareTo)"
            + @"|Equals\([^)]*(Admin(Register)?Secret|\.Reveal\(\))",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex PlainComparison();

    [GeneratedRegex(
        @"\b(inner|outer)HTML\b|insertAdjacentHTML|document\.write|\beval\(|new Function\(|set(Timeout|Interval)\(\s*['""`]"
            + @"|createContextualFragment|(local|session)Storage|indexedDB|\bcaches\b|document\.cookie",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex RiskyScript();

    [GeneratedRegex(
        @"\bkr[a-z]_[A-Za-z0-9]{30,}|-----BEGIN [A-Z ]*PRIVATE KEY|\bPassword=(?![…{<*])[^;""\s]+;"
            + @"|""(Admin(Register)?Secret(Previous)?)""\s*:\s*""[^""]+""",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Secret();

    [GeneratedRegex("(?i)hint|question|birth|maiden", RegexOptions.None, 60_000)]
    private static partial Regex Question();
}

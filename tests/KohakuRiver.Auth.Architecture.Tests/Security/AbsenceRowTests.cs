using System.Text.RegularExpressions;

namespace KohakuRiver.Auth.Architecture.Tests.Security;

/// <summary>
/// What the libraries do not do, which is why parts of the standard are met by nature or do not apply to them
/// (<c>docs/security-not-applicable.md</c>). Whoever adds such a thing finds here which reasons no longer hold.
/// </summary>
public sealed partial class AbsenceRowTests
{
    /// <summary>What goes into hosts: the command line is a program of its own, and the suites for tests run in tests.</summary>
    private static readonly IReadOnlyList<string> Hosted =
        [.. Repository.CSharp("src").Where(f => !Repository.Show(f).StartsWith("src/KohakuRiver.Cli/", StringComparison.Ordinal)
            && !Repository.Show(f).Contains(".Testing", StringComparison.Ordinal))];

    [Fact]
    [Trait("Requirement", "V1.3.2")]
    public void Libraries_InTheirSources_EvaluateNoCode() => ArchitectureRules.Holds(Found(Repository.CSharp("src"), Evaluating()));

    [Fact]
    [Trait("Requirement", "V1.4.1")]
    public void Libraries_InTheirSources_LeaveMemoryToTheRuntime()
    {
        ArchitectureRules.Holds(Found(Repository.CSharp("src"), Unmanaged()));
        ArchitectureRules.Holds(
            Found(Repository.Texts().Where(f => Path.GetExtension(f) is ".csproj" or ".props" or ".targets"), UnsafeBlocks()));
    }

    /// <summary>One cipher, which needs no mode or padding chosen and notices changes, in one place.</summary>
    [Fact]
    [Trait("Requirement", "V11.3.1"), Trait("Requirement", "V11.3.2")]
    public void Encryption_OfTheLibraries_IsAesGcmInOnePlace()
    {
        var found = Found(Repository.CSharp("src"), Ciphers()).ToList();
        Assert.NotEmpty(found);
        ArchitectureRules.Holds(found.Where(f => !SealingForms().IsMatch(f)));
    }

    [Theory]
    [InlineData("src/A/SealedForm.cs: using var cipher = new AesGcm(KeyOf(key, purpose), TagLength);", true)]
    [InlineData("src/A/SealedForm.cs: using var cipher = Aes.Create();", false)]
    [InlineData("src/A/SealedForm.cs: aes.Mode = CipherMode.ECB;", false)]
    [InlineData("src/A/SealedForm.cs: new AesGcm(key, 12);", false)]
    [InlineData("src/A/Other.cs: using var cipher = new AesGcm(KeyOf(key, purpose), TagLength);", false)]
    public void CipherRule_OnSamples_TellsThemApart(string found, bool allowed)
    {
        Assert.Matches(Ciphers(), found);
        Assert.Equal(allowed, SealingForms().IsMatch(found));
    }

    [Fact]
    [Trait("Requirement", "V13.2.4"), Trait("Requirement", "V13.2.5"), Trait("Requirement", "V15.3.2")]
    public void Libraries_InTheirSources_CallNobody() => ArchitectureRules.Holds(Found(Hosted, Outbound()));

    [Fact]
    [Trait("Requirement", "V3.7.1")]
    public void Panel_InItsPages_UsesHtmlCssAndAScriptOnly() => ArchitectureRules.Holds(Found(
        Repository.Texts()
            .Where(
                f => Repository.Show(f).StartsWith("src/KohakuRiver.Auth.AdminPanel/", StringComparison.Ordinal)
                    && Path.GetExtension(f) is ".razor" or ".js"),
        Plugins()));

    [Fact]
    public void NotApplicable_Reasons_ThatSomethingIsNotThere_AreTrue()
    {
        ArchitectureRules.Holds(Found(Hosted, Formats()));
        ArchitectureRules.Holds(Found(Repository.Texts().Where(f =>
            Path.GetExtension(f) == ".js" && Repository.Show(f).StartsWith("src/", StringComparison.Ordinal)), Messages()));
    }

    [Theory]
    [InlineData("using var http = new HttpClient();", nameof(Outbound))]
    [InlineData("new TcpClient(host, 25)", nameof(Outbound))]
    [InlineData("unsafe void Copy(byte* p)", nameof(Unmanaged))]
    [InlineData("[LibraryImport(\"libc\")]", nameof(Unmanaged))]
    [InlineData("CSharpScript.EvaluateAsync(text)", nameof(Evaluating))]
    [InlineData("XmlReader.Create(body)", nameof(Formats))]
    [InlineData("IFormFile upload", nameof(Formats))]
    [InlineData("window.addEventListener('message', go)", nameof(Messages))]
    [InlineData("Object.assign(settings, JSON.parse(text))", nameof(Messages))]
    [InlineData("<object data=\"x.swf\">", nameof(Plugins))]
    public void Rules_OnSamples_FindThem(string line, string rule) => Assert.Matches(Rule(rule), line);

    [Theory]
    [InlineData("source.addEventListener('count', event => {", nameof(Messages))]
    [InlineData("MemoryMarshal.GetReference(state)", nameof(Unmanaged))]
    [InlineData("HttpContext http", nameof(Outbound))]
    public void Rules_OnSamples_LeaveOthersAlone(string line, string rule) => Assert.DoesNotMatch(Rule(rule), line);

    private static Regex Rule(string name) => name switch
    {
        nameof(Outbound) => Outbound(),
        nameof(Unmanaged) => Unmanaged(),
        nameof(Evaluating) => Evaluating(),
        nameof(Formats) => Formats(),
        nameof(Messages) => Messages(),
        _ => Plugins(),
    };

    private static IEnumerable<string> Found(IEnumerable<string> files, Regex pattern) =>
        from file in files
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(line)
        select $"{Repository.Show(file)}: {line.Trim()}";

    [GeneratedRegex(
        @"\b(CSharpScript|CSharpCompilation|CodeDomProvider|DynamicMethod|AssemblyBuilder|JavaScriptEngine|Expression\.Lambda)\b",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Evaluating();

    [GeneratedRegex(@"\bunsafe\b(?=[ {])|\b(DllImport|LibraryImport|stackalloc \w+\*)|\bMarshal\.\w|\bGCHandle\b",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Unmanaged();

    [GeneratedRegex("AllowUnsafeBlocks>true", RegexOptions.IgnoreCase, 60_000)]
    private static partial Regex UnsafeBlocks();

    [GeneratedRegex(
        @"\b(HttpClient|IHttpClientFactory|HttpMessageHandler|WebRequest|SmtpClient|TcpClient|UdpClient|ClientWebSocket|FtpWebRequest"
            + @"|ProcessStartInfo|Process\.Start)\b|\bnew Socket\(|\bDns\.",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Outbound();

    [GeneratedRegex(
        @"\b(Aes(Gcm|Ccm|Managed|Cng)?|ChaCha20Poly1305|TripleDES\w*|Rijndael\w*|SymmetricAlgorithm|CipherMode|PaddingMode|CryptoStream"
            + @"|ICryptoTransform)\b",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Ciphers();

    // The longest tag there is.
    [GeneratedRegex(@"^src/[\w./]+/SealedForm\.cs: using var cipher = new AesGcm\(KeyOf\([^)]*\)?, purpose\), TagLength\);$",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex SealingForms();

    // XML, directories, GraphQL, files sent in, archives, mail, signatures and certificates. Encryption has a rule of its own.
    [GeneratedRegex(
        @"\b(System\.Xml|Xml(Reader|Document|Serializer)|XDocument|XPath\w+|LdapConnection|DirectoryServices|GraphQL|IFormFile\w*"
            + @"|ZipArchive|ZipFile|CompressionMode\.Decompress|MimeMessage|RSA|ECDsa|X509Certificate2?)\b",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Formats();

    [GeneratedRegex(@"postMessage|addEventListener\(['""]message|\bonmessage\b|Object\.assign|__proto__|JSON\.parse",
        RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Messages();

    [GeneratedRegex(@"<(object|embed|applet|iframe)\b|application/x-|ActiveXObject|navigator\.plugins",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Plugins();
}

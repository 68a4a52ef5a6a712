using System.Text.Json.Nodes;

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>
/// The schema that editors check settings with says what the options say. Run with <c>KOHAKU_UPDATE_DOCS=1</c> to write it anew.
/// </summary>
public sealed class ConfigurationSchemaTests
{
    private static readonly string SchemaFile = Path.Combine(Repository.Root, "src", "KohakuRiver.Auth", "ConfigurationSchema.json");

    [Fact]
    public void Schema_InTheRepository_IsWhatTheOptionsSay()
    {
        var wanted = ConfigurationSchema.Write();
        if (Environment.GetEnvironmentVariable("KOHAKU_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(SchemaFile, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(SchemaFile));
    }

    [Fact]
    public void Settings_OfTheSampleHost_AreKnownToTheSchema()
    {
        var file = Path.Combine(Repository.Root, "samples", "KohakuRiver.SampleHost", "appsettings.json");
        var settings = JsonNode.Parse(File.ReadAllText(file))!;
        Assert.Equal(SchemaFile, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, settings["$schema"]!.GetValue<string>())));
        Assert.NotNull(settings["KohakuAuth"]);
        ArchitectureRules.Holds(Faults(settings));
    }

    [Theory]
    [InlineData("""{ "Pasword": { } }""", ":KohakuAuth: Pasword is not known")]
    [InlineData("""{ "Passwords": { "Minimum": 3 } }""", ":KohakuAuth:Passwords: Minimum is not known")]
    [InlineData("""{ "Passwords": { "MinimumLength": "long" } }""", ":KohakuAuth:Passwords:MinimumLength: \"long\" is no integer")]
    [InlineData("""{ "Passwords": { "MinimumLength": 3 } }""", ":KohakuAuth:Passwords:MinimumLength: 3 is no integer")]
    [InlineData("""{ "SessionLifetime": "two days" }""", ":KohakuAuth:SessionLifetime: \"two days\" is no string")]
    [InlineData("""{ "SessionLifetime": "12" }""", ":KohakuAuth:SessionLifetime: \"12\" is no string")]
    [InlineData("""{ "SessionLifetime": 12 }""", ":KohakuAuth:SessionLifetime: 12 is no string")]
    [InlineData("""{ "SessionLifetime": "24:00:00" }""", ":KohakuAuth:SessionLifetime: \"24:00:00\" is no string")]
    [InlineData("""{ "SessionLifetime": "08:30" }""", ":KohakuAuth:SessionLifetime: \"08:30\" is no string")]
    [InlineData("""{ "ApprovalRequiredRoles": [ "viewer" ] }""", ":KohakuAuth:ApprovalRequiredRoles: [\"viewer\"] is no array")]
    [InlineData("""{ "Enabled": "yes" }""", ":KohakuAuth:Enabled: \"yes\" is no boolean")]
    public void Settings_ThatAreWrong_AreFound(string section, string fault) =>
        Assert.Equal([fault], Faults(new JsonObject { ["KohakuAuth"] = JsonNode.Parse(section) }));

    [Fact]
    public void Settings_OfEveryForm_AreGood() => Assert.Empty(Faults(JsonNode.Parse("""
        {
          "Somebody": { "Else": 1 },
          "KohakuAuth": {
            "Enabled": true, "AdminSecret": "", "PublicUrl": "https://cluster.example.org", "SessionLifetime": "2.00:00:00",
            "SessionIdleTimeout": "08:30:00", "InvitationLifetime": "3d", "BodyTimeout": "1.5m", "Delivery": { "FirstPause": "250ms" },
            "Retention": { "AuditEntries": "0" }, "ApprovalRequiredRoles": [ "user", "operator" ],
            "Registration": "Viewer", "TrustedProxies": [ "10.0.0.0/8" ],
            "Passwords": { "MinimumLength": 16, "ContextWords": [ "river" ] }
          }
        }
        """)!));

    private static IEnumerable<string> Faults(JsonNode settings) =>
        ConfigurationSchema.Faults(settings, JsonNode.Parse(File.ReadAllText(SchemaFile))!);
}

using System.Text.RegularExpressions;
using KohakuRiver.Cli.Tests.Support;

namespace KohakuRiver.Cli.Tests.EndToEnd;

/// <summary>The recipes of docs/cli.md, run as they are printed.</summary>
public sealed class RecipeTests(RunningHost host)
{
    private static readonly Dictionary<string, string> Recipes = Regex.Matches(
            File.ReadAllText(Built.PathOf("Documentation")), "<!-- run: (?<name>[a-z]+) -->\n```\n(?<lines>[^`]*)```",
            RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10))
        .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["lines"].Value, StringComparer.Ordinal);

    // Recipe | what it prints, as a pattern.
    public static TheoryData<string, string> Expected() => new()
    {
        { "ci", "^name,result,detail\r\n\"client\",\"ok\"" },
        { "wait", "^hello\n$" },
        { "approve", "^[0-9]+\n$" },
        { "pipe", "^$" },
        { "report", "is admin; " },
        { "api", "(?m)^admin[0-9]*$" },
    };

    [Fact]
    public void EveryRecipe_IsRun() => Assert.Equal(Expected().Select(e => e.Data.Item1).Order(), Recipes.Keys.Order());

    [Theory]
    [MemberData(nameof(Expected))]
    public async Task Recipe_AsPrinted_DoesWhatItSays(string name, string expected)
    {
        using var admin = await host.NewPersonAsync("admin");
        using var submitter = await host.NewPersonAsync();
        (await submitter.RunAsync("tasks", "submit", "--", "echo", "waiting")).Expect(ExitCodes.Done);
        await admin.RunAsync("groups", "create", "everybody");
        admin.Environment["KOHAKU_TOKEN"] = (await admin.RunAsync("auth", "token", "print")).Output.Trim();
        admin.Environment["SUBMITTER"] = (await submitter.JsonAsync("auth", "whoami")).GetProperty("username").GetString()!;
        var folder = Directory.CreateDirectory(admin.TempPath("job")).FullName;
        var shell = $"set -eu -o pipefail; cd '{folder}'; kohakuriver() {{ dotnet '{Built.PathOf("Cli")}' \"$@\"; }}\n{Recipes[name]}";

        var run = (await CliProcess.RunProgramAsync(admin, "bash", "", "-c", shell)).Expect(ExitCodes.Done);

        Assert.Matches(new Regex(expected, RegexOptions.None, TimeSpan.FromSeconds(10)), run.Output);
    }
}

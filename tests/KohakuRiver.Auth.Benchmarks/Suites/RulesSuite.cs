using KohakuRiver.Auth.Benchmarks.Measuring;
using KohakuRiver.Auth.Benchmarks.Reporting;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>What one decision of the rules costs.</summary>
internal static class RulesSuite
{
    private const string Goal = "< 50 ns, 0 B";

    // Many different questions, so that no answer is foretold by the one before.
    private static readonly Actor[] Actors = [.. Enum.GetValues<Role>().Select(ActorOf)];
    private static readonly Permission[] Asked = [.. Permissions.All];
    private static readonly PermissionTable Table = new();
    private static int allowed;

    public static Task<Report> RunAsync(BenchmarkOptions options)
    {
        var repetitions = options.Quick ? 2_000_000 : 20_000_000;
        (string Name, Action<int> Body)[] cases =
        [
            ("AccessRules.Decide", Decide),
            ("PermissionTable.Decide (by name)", DecideByName),
        ];
        foreach (var (_, body) in cases)
        {
            // Long enough for the compiler's last tier.
            body(1_000_000);
            body(1_000_000);
        }

        var report = new Report("rules");
        var times = Rounds.Alternate(options.Quick ? 5 : 11, [.. cases.Select(c => (Func<double>)(() => Loop.Nanoseconds(repetitions, c.Body)))]);
        for (var i = 0; i < cases.Length; i++)
        {
            var bytes = Loop.Bytes(1_000_000, cases[i].Body);
            report.Add(new Row(cases[i].Name, times[i], "ns", Goal, times[i] < 50 && bytes == 0) { Note = $"{bytes:0.###} B" });
        }

        GC.KeepAlive(allowed);
        return Task.FromResult(report);
    }

    private static void Decide(int repetitions)
    {
        var count = 0;
        for (var i = 0; i < repetitions; i++)
        {
            count += AccessRules.Decide(Actors[i % Actors.Length], Asked[i % Asked.Length]).IsAllowed ? 1 : 0;
        }

        allowed = count;
    }

    private static void DecideByName(int repetitions)
    {
        var count = 0;
        for (var i = 0; i < repetitions; i++)
        {
            count += Table.Decide(Actors[i % Actors.Length], Asked[i % Asked.Length].Name).IsAllowed ? 1 : 0;
        }

        allowed = count;
    }

    private static Actor ActorOf(Role role) => new()
    {
        Username = role.ToString(),
        Role = role,
        Kind = role == Role.Anony ? ActorKind.Anonymous : ActorKind.Token,
    };
}

using BenchmarkDotNet.Attributes;

namespace KohakuRiver.Auth.Benchmarks.Suites;

/// <summary>Decisions of the rules. Public and open, because BenchmarkDotNet derives from it.</summary>
public class RulesBenchmarks
{
    // Many different questions, so that no answer is foretold by the one before.
    private const int Questions = 1_000;
    private static readonly Actor[] Actors = [.. Enum.GetValues<Role>().Select(ActorOf)];
    private static readonly Permission[] Asked = [.. Permissions.All];
    private readonly PermissionTable table = new();

    [Benchmark(OperationsPerInvoke = Questions)]
    public int Decide()
    {
        var allowed = 0;
        for (var i = 0; i < Questions; i++)
        {
            allowed += AccessRules.Decide(Actors[i % Actors.Length], Asked[i % Asked.Length]).IsAllowed ? 1 : 0;
        }

        return allowed;
    }

    [Benchmark(OperationsPerInvoke = Questions)]
    public int DecideByName()
    {
        var allowed = 0;
        for (var i = 0; i < Questions; i++)
        {
            allowed += table.Decide(Actors[i % Actors.Length], Asked[i % Asked.Length].Name).IsAllowed ? 1 : 0;
        }

        return allowed;
    }

    private static Actor ActorOf(Role role) => new()
    {
        Username = role.ToString(),
        Role = role,
        Kind = role == Role.Anony ? ActorKind.Anonymous : ActorKind.Token,
    };
}

using KohakuRiver.Auth;
using Microsoft.Extensions.Options;

namespace KohakuRiver.SampleHost;

/// <summary>Runs one command in an instance, under the same allow-list as tasks.</summary>
internal sealed class VpsExec(
    ProcessRunner processes, ExecutableList executables, LocalNode node, IOptions<SampleHostOptions> options) : IDisposable
{
    private readonly SemaphoreSlim places = new(node.MaxProcesses);

    /// <summary>Refusals: Invalid (<c>command</c>, <c>arguments</c>), Busy. A caller that hangs up ends its command.</summary>
    public async Task<KohakuResult<ExecBody>> RunAsync(string vpsId, Actor actor, ExecRequest request, CancellationToken cancellationToken)
    {
        var arguments = request.Arguments ?? [];
        var fault = new FieldFaults().Add("command", executables.Refuse(request.Command))
            .CheckArguments(request.Command, arguments)
            .ToRefusal();
        if (fault is not null)
        {
            return fault;
        }

        if (!await places.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new Refusal(RefusalKind.Busy, "Too many commands are running; try again soon.");
        }

        try
        {
            var environment = new Dictionary<string, string>(
                StringComparer.Ordinal) { ["KOHAKU_VPS_ID"] = vpsId, ["KOHAKU_VPS_USER"] = actor.Username };
            var result = await processes.RunAsync(
                new RunRequest(
                    executables.Find(request.Command!)!, [.. arguments!], environment, options.Value.ExecTimeLimit,
                    options.Value.OutputLimit),
                cancellationToken);
            return new ExecBody(result.ExitCode, result.Stdout, result.Stderr);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();
}

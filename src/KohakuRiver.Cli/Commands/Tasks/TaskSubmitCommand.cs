using System.CommandLine;
using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver tasks submit</c>.</summary>
internal static class TaskSubmitCommand
{
    internal static CliCommand Build()
    {
        var command = GlobalOptions.CommandToRun();
        var cores = Numbers.Option("--cores", "The cores it needs (default: 1; 0: any).", least: 0);
        var memory = GlobalOptions.Text("--memory", "The memory it needs, like 512M or 4G.", "SIZE");
        var gpus = GlobalOptions.Text("--gpus", "The GPUs it needs, by id, like 0,1.", "IDS");
        var node = GlobalOptions.Text("--node", "The node to run on (default: the host chooses).", "HOSTNAME");
        var env = GlobalOptions.Texts(
            "--env", "An environment variable, NAME=VALUE, or NAME to pass your own value; may be repeated.", "NAME[=VALUE]");
        var wait = GlobalOptions.Flag(
            "--wait",
            "Wait until it ends, show its output, and end with its exit code. Ctrl-C ends the waiting, not the task.");
        var target = new Option<string?>("--target", "-t") { Hidden = true };
        var container = new Option<string?>("--container") { Hidden = true };
        var image = new Option<string?>("--image") { Hidden = true };
        var privileged = new Option<bool>("--privileged") { Hidden = true };
        var mounts = new Option<string[]?>("--mount") { Hidden = true };
        return new CliCommand(
            "submit", "Submit a task. Tasks of users wait for approval first.",
            "kohakuriver tasks submit --cores 2 --memory 4G --wait -- python train.py --epochs 3",
            "kohakuriver tasks submit --env SEED=7 -- echo hello")
            .With(cores, memory, gpus, node, env, wait, command, target, container, image, privileged, mounts)
            .Formerly(cores, "-c").Formerly(memory, "-m").Formerly(wait, "-w")
            .Does(async (run, cancellationToken) =>
        {
            var typed = run.Get(command);
            var (targetNode, targetGpus) = Target(run.Get(target));
            var body = new Submission(
                "command", typed[0], typed[1..], Variables(run, run.Get(env)!), run.Get(cores) ?? 1, ByteSizes
                    .Parse(run.Get(memory), "--memory"),
                Gpus(run.Get(gpus) ?? targetGpus), (run.Get(node) ?? targetNode) is { } name ? [name] : null,
                run.Get(container), run.Get(image), run.Get(privileged) ? true : null,
                run.Get(mounts) is { Length: > 0 } some ? some : null);
            var submitted = await run.Api.PostAsync<Submitted>("submit", body, cancellationToken);
            if (run.Get(wait))
            {
                // At once, so that the ids are known whatever happens to the waiting.
                foreach (var id in submitted.TaskIds)
                {
                    run.Output.Note(Line(id, submitted.Status));
                }

                return await WaitAsync(run, submitted, cancellationToken);
            }

            run.Output.Value(submitted, () =>
            {
                foreach (var id in submitted.TaskIds)
                {
                    run.Output.Say(Line(id, submitted.Status));
                }
            });
            return ExitCodes.Done;
        });
    }

    private static string Line(string id, string? status) => status == "pending_approval"
        ? $"Task {id} submitted; it is waiting for approval."
        : $"Task {id} submitted: {status?.Replace('_', ' ')}.";

    private static async Task<int> WaitAsync(InvocationContext run, Submitted submitted, CancellationToken cancellationToken)
    {
        var ended = new List<ClusterTask>();
        try
        {
            foreach (var id in submitted.TaskIds)
            {
                var task = await run.Output.WhileAsync($"Task {id}", progress =>
                    new TaskFollower(run, id).WaitAsync(
                        now => progress($"Task {id}: {now.Status.Replace('_', ' ')}"), isKnown: true, cancellationToken));
                ended.Add(task);
                if (!run.Output.IsData)
                {
                    TaskOutput.WriteAll(run, task.Stdout, task.Stderr);
                    run.Output.Note(TaskFollower.Ending(task));
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Output.Note(
                $"Stopped waiting; task {Show.Joined(submitted.TaskIds.Skip(ended.Count))} continues. See: kohakuriver tasks list");
            return ExitCodes.Interrupted;
        }

        if (run.Output.IsData)
        {
            run.Output.Json(ended);
        }

        return ended.Select(TaskFollower.ExitCodeOf).FirstOrDefault(code => code != ExitCodes.Done);
    }

    private static Dictionary<string, string>? Variables(InvocationContext run, string[] given)
    {
        if (given.Length == 0)
        {
            return null;
        }

        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in given)
        {
            var parts = item.Split('=', 2);
            var value = parts.Length == 2 ? parts[1] : run.Variable(item);
            if (parts[0].Length == 0 || value is null)
            {
                throw CliException.Usage($"--env takes NAME=VALUE, or the name of a variable that is set, not '{parts[0]}'.");
            }

            variables[parts[0]] = value;
        }

        return variables;
    }

    // The original's NODE[:NUMA][::GPUS]. The host reads the NUMA node where it has any.
    private static (string? Node, string? Gpus) Target(string? text) =>
        text?.LastIndexOf("::", StringComparison.Ordinal) is { } at and >= 0
            ? (text[..at], text[(at + 2)..] is { Length: > 0 } gpus ? gpus : null)
            : (text, null);

    // One list of ids: those of the one target.
    private static List<List<int>>? Gpus(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var ids = new List<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            ids.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                ? id
                : throw CliException.Usage($"--gpus takes numbers like 0,1; not '{text}'."));
        }

        return [ids];
    }

    /// <summary>Body of the request, with the fields of existing clients.</summary>
    internal sealed record Submission(
        string TaskType, string Command, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string>? EnvVars, int RequiredCores,
        long? RequiredMemoryBytes, IReadOnlyList<IReadOnlyList<int>>? RequiredGpus, IReadOnlyList<string>? Targets,
        string? ContainerName, string? RegistryImage, bool? Privileged, IReadOnlyList<string>? AdditionalMounts);
}

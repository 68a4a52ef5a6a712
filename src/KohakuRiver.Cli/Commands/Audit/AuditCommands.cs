using System.CommandLine;
using System.Globalization;

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver audit</c>.</summary>
internal static class AuditCommands
{
    private const int UsualList = 100;

    internal static CliCommand Build() =>
        new CliCommand("audit", "Show who did what, and when.", "kohakuriver audit list --actor ann").With(List(), Export());

    private static CliCommand List()
    {
        var filter = new AuditFilter();
        var limit = GlobalOptions.Limit();
        limit.Description = "Show at most this many (default: 100).";
        return new CliCommand("list", "Show the audit log, newest first.", "kohakuriver audit list --action user.delete --from 2026-01-01")
            .With(filter.Options).ShowsLongList(limit)
            .Does(async (run, cancellationToken) =>
        {
            var most = run.Most(limit, UsualList);
            var entries = await run.ListAsync<AuditEntry>(
                "auth/audit",
                most,
                cancellationToken,
                [.. filter.Query(run), new("limit", Show.Number(Math.Min(most ?? AuditFilter.LongestPage, AuditFilter.LongestPage)))]);
            run.Output.List(
                entries, "No matching entries.",
                new Column<AuditEntry>("When", e => Show.Time(e.At)) { Time = e => e.At }, new("Who", e => e.Actor), new(
                    "With", e => e.Credential) { Drop = 9 }, new("Address", e => e.Ip) { Drop = 8 }, new("What", e => e.Action),
                new(
                    "On",
                    e => Join(e.TargetType, e.Target ?? e.TargetId)) { Folds = true }, new("Outcome", e => e.Outcome) { IsState = true },
                new("Detail", e => e.Detail) { Folds = true, Drop = 7 });
        });
    }

    private static CliCommand Export()
    {
        var filter = new AuditFilter();
        var format = GlobalOptions.Text("--format", "csv or jsonl (default: csv).", "FORMAT");
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var output =
            new Option<string?>("--output", "-o")
            {
                Description = "The file to write; it must not exist (default: standard output).",
                HelpName = "FILE",
            };
        return new CliCommand(
            "export",
            "Write the whole audit log, or all matching entries, to a file or to standard output.",
            "kohakuriver audit export --format jsonl --output audit.jsonl")
            .With([.. filter.Options, format, output]).Does(async (run, cancellationToken) =>
        {
            var file = run.Get(output);
            if (run.Output.IsData && file is null)
            {
                throw CliException.Usage("With --json, specify the file (--output FILE). For JSON on standard output use "
                    + "--format jsonl without --json.");
            }

            var kind = run.Get(format) ?? "csv";
            using var response = await run.Api.OpenAsync("auth/audit", [.. filter.Query(run), new("format", kind)], cancellationToken);
            if (response.Content.Headers.ContentType?.MediaType is "text/html")
            {
                throw HostErrors.NotAHost(run.Host, response);
            }

            var bytes = await run.Output.WhileAsync(
                $"Reading the audit log of {run.Host}", progress => CopyAsync(run, response, file, progress, cancellationToken));
            if (file is not null)
            {
                run.Output.Value(
                    new Exported(Path.GetFullPath(file), kind, bytes), () => run.Output.Say($"Wrote {Show.Bytes(bytes)} to {file}."));
            }
        });
    }

    // A partial export must not pass for a whole log: it is written next to the requested file and renamed when complete.
    private static async Task<long> CopyAsync(
        InvocationContext run, HttpResponseMessage response, string? file, Action<string> progress, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await using var standard = run.Terminal.OutIsTerminal ? new VisibleStream(run.Terminal.Out) : run.Terminal.OpenOut();
            return await CopyAsync(run, response, standard, progress, cancellationToken);
        }

        if (File.Exists(file))
        {
            throw CliException.Failed($"{file} already exists; specify another file or move it away.");
        }

        var partial = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            long bytes;
            await using (var target = new FileStream(partial, options))
            {
                bytes = await CopyAsync(run, response, target, progress, cancellationToken);
            }

            File.Move(partial, file, overwrite: false);
            return bytes;
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private static async Task<long> CopyAsync(
        InvocationContext run, HttpResponseMessage response, Stream target, Action<string> progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = await response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[64 * 1024];
            long total = 0;
            using var silent = new CancellationTokenSource(run.Timeout, run.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silent.Token);
            while (await ReadAsync(run, source, buffer, either.Token) is > 0 and var count)
            {
                silent.CancelAfter(run.Timeout);
                await target.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                total += count;
                progress($"Reading the audit log of {run.Host}: {Show.Bytes(total)}");
            }

            await target.FlushAsync(cancellationToken);
            return total;
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw HostErrors.TimedOut(run.Host, run.Timeout, late);
        }
    }

    // A reset connection throws a plain IOException, like a full disk; only here is it known to be the host's.
    private static async ValueTask<int> ReadAsync(InvocationContext run, Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw HostErrors.FromFault(run.Host, fault, certificateFault: null);
        }
    }

    private static string? Join(string? type, string? target) => target is null ? type : type is null ? target : $"{type} {target}";

    /// <param name="File">The path of the file.</param>
    /// <param name="Format"><c>csv</c> or <c>jsonl</c>.</param>
    /// <param name="Bytes">The length of the file.</param>
    internal sealed record Exported(string File, string Format, long Bytes);

    /// <summary>The options that select entries.</summary>
    private sealed class AuditFilter
    {
        internal const int LongestPage = 500;
        private readonly Option<string?> actor = GlobalOptions.Text("--actor", "Only actions of this user.", "NAME");
        private readonly Option<string?> action = GlobalOptions.Text("--action", "Only this action, like user.delete.", "ACTION");
        private readonly Option<string?> target = GlobalOptions.Text("--target", "Only actions on this target.", "TEXT");
        private readonly Option<string?> outcome = GlobalOptions.Text("--outcome", "Only this outcome.", "OUTCOME")
            .Offering("success", "refused", "failure");
        private readonly Option<DateTimeOffset?> from =
            Time("--from", "Only entries from this time on, like 2026-01-31 or 2026-01-31T08:00Z.");
        private readonly Option<DateTimeOffset?> to = Time("--to", "Only entries before this time.");

        internal IReadOnlyList<Symbol> Options => [actor, action, target, outcome, from, to];

        internal IEnumerable<KeyValuePair<string, string?>> Query(InvocationContext run) =>
        [
            new("actor", run.Get(actor)), new("action", run.Get(action)), new("target", run.Get(target)), new("outcome", run.Get(outcome)),
            new("from", Iso(run.Get(from))), new("to", Iso(run.Get(to))),
        ];

        private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
        {
            Description = description,
            HelpName = "TIME",
            CustomParser = result =>
            {
                var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
                if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time))
                {
                    return time;
                }

                result.AddError($"{name} takes a time like 2026-01-31 or 2026-01-31T08:00Z, not '{text}'.");
                return null;
            },
        };

        private static string? Iso(DateTimeOffset? time) =>
            time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }
}

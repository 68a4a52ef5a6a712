namespace KohakuRiver.Cli;

/// <summary>
/// The same for several: each is tried, whatever became of the others, and each is accounted for in the end, also after an interruption.
/// </summary>
internal static class Bulk
{
    /// <summary>What <c>--json</c> says about one that was not done.</summary>
    internal const string Failed = "failed";

    /// <summary>
    /// The same for several that are named and have to be found first: what is not found is one that failed, and the question is about the
    /// others.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="names">What was typed.</param>
    /// <param name="find">Finds one.</param>
    /// <param name="confirm">Asks about those that were found, at least one.</param>
    /// <param name="work">As below.</param>
    /// <param name="failed">As below, from what was typed and what was found, if anything.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static async Task<int> RunNamedAsync<TFound, TRow>(
        InvocationContext run, IEnumerable<string> names, Func<string, Task<TFound>> find, Action<IReadOnlyList<TFound>> confirm,
        Func<TFound, Task<(TRow Row, string Line)>> work, Func<string, TFound?, string, TRow> failed, CancellationToken cancellationToken)
        where TFound : class
    {
        var all = new List<(string Typed, TFound? Found, CliException? Fault)>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            try
            {
                var found = await find(name);
                if (all.All(a => !found.Equals(a.Found)))
                {
                    all.Add((name, found, null));
                }
            }
            catch (CliException fault)
            {
                all.Add((name, null, fault));
            }
        }

        if (all.Select(a => a.Found).OfType<TFound>().ToList() is { Count: > 0 } there)
        {
            confirm(there);
        }

        return await RunAsync(
            run, all, item => item.Typed, item => item.Found is { } found ? work(found) : throw item.Fault!,
            (item, why) => failed(item.Typed, item.Found, why), cancellationToken);
    }

    /// <param name="run">The run.</param>
    /// <param name="items">What to do it for; the same one twice counts once.</param>
    /// <param name="label">What one is called, such as "task 12".</param>
    /// <param name="work">Does it for one; returns the row for <c>--json</c> and the line for people.</param>
    /// <param name="failed">The row for one that was not done, from the reason.</param>
    /// <param name="cancellationToken">Ends it; what was not tried is reported as such.</param>
    /// <returns>0 if all are done; the code that all ended with, or 1 where they differ.</returns>
    internal static async Task<int> RunAsync<TItem, TRow>(
        InvocationContext run, IEnumerable<TItem> items, Func<TItem, string> label, Func<TItem, Task<(TRow Row, string Line)>> work,
        Func<TItem, string, TRow> failed, CancellationToken cancellationToken)
    {
        var all = items.Distinct().ToList();
        var rows = new List<TRow>();
        var codes = new List<int>();
        foreach (var item in all)
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (row, line) = await work(item);
                rows.Add(row);
                codes.Add(ExitCodes.Done);
                if (!run.Output.IsData)
                {
                    run.Output.Say(line);
                }
            }
            catch (CliException fault)
            {
                Add(fault);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // The first was under way, the others were not begun.
                Add(new(
                    ExitCodes.Interrupted,
                    codes.Contains(ExitCodes.Interrupted) ? "Not tried." : "Interrupted; it may be done or not."));
            }

            void Add(CliException fault)
            {
                rows.Add(failed(item, fault.Message));
                codes.Add(fault.ExitCode);
                if (fault.ExitCode != ExitCodes.Interrupted)
                {
                    run.Output.Fault(all.Count > 1
                        ? new(fault.ExitCode, $"{label(item)}: {fault.Message}", fault.Status) { Fields = fault.Fields }
                        : fault);
                }
            }
        }

        if (run.Output.IsData)
        {
            run.Output.Json(rows);
        }

        return codes.Distinct().ToList() switch
        {
            [] => ExitCodes.Done,
            [var same] => same,
            var several when several.Contains(ExitCodes.Interrupted) => ExitCodes.Interrupted,
            _ => ExitCodes.Failed,
        };
    }
}

namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver auth session</c>.</summary>
internal static class SessionCommands
{
    internal static CliCommand Build() =>
        new CliCommand("session", "Manage your browser sessions.", "kohakuriver auth session list").With(List(), End());

    /// <summary>Sessions as a table.</summary>
    internal static void ShowSessions(InvocationContext run, IReadOnlyList<Session> sessions) => run.Output.List(
        sessions, "No sessions.",
        new Column<Session>("Id", s => Show.Number(s.Id)) { IsNumber = true }, new(
            "Since", s => Show.Time(s.CreatedAt)) { Time = s => s.CreatedAt, Drop = 8 }, new(
            "Last seen", s => Show.Time(s.LastSeen)) { Time = s => s.LastSeen },
        new("Expires", s => Show.Time(s.ExpiresAt)) { Time = s => s.ExpiresAt }, new("Address", s => s.Ip),
        new("Browser", s => s.UserAgent) { Folds = true, Drop = 9 });

    private static CliCommand List() =>
        new CliCommand(
            "list", "List your active sessions. The command line itself has none: it uses a token.", "kohakuriver auth session list")
        .ShowsList()
        .Does(async (run, cancellationToken) =>
            ShowSessions(run, await run.Api.GetAsync<IReadOnlyList<Session>>("auth/sessions", cancellationToken)));

    private static CliCommand End()
    {
        var ids = Numbers.Ids("id", "The ids of the sessions (-: those on standard input).");
        var all = GlobalOptions.Flag("--all", "End all sessions.");
        var yes = GlobalOptions.Yes();
        return new CliCommand("end", "End sessions.", "kohakuriver auth session end 17", "kohakuriver auth session end --all --yes")
            .With(ids, all, yes)
            .Does(async (run, cancellationToken) =>
        {
            var named = run.Get(ids);
            if (run.Get(all) == named.Length > 0)
            {
                throw CliException.Usage("Specify the session ids, or --all.");
            }

            long[] ending = run.Get(all)
                ? [.. (await run.Api.GetAsync<IReadOnlyList<Session>>("auth/sessions", cancellationToken)).Select(s => s.Id)]
                : [.. run.Items(named).Select(Numbers.IdOf)];
            if (ending.Length == 0)
            {
                run.Output.Value<IReadOnlyList<BulkResult>>(
                    [], () => run.Output.Say(run.Get(all) ? "You have no sessions." : "No ids; nothing to do."));
                return ExitCodes.Done;
            }

            run.Confirm(yes,
                $"End {(ending.Length == 1 ? "session " + Show.Number(ending[0]) : Show.Number(ending.Length) + " sessions")}");
            return await Bulk.RunAsync(
                run, ending, id => "session " + Show.Number(id),
                async id =>
                {
                    var answer = await InvocationContext.OrMissingAsync(
                        run.Api.DeleteAsync<MessageAnswer>($"auth/sessions/{Show.Number(id)}", cancellationToken),
                        $"You have no active session {Show.Number(id)}. List them: kohakuriver auth session list");
                    return (new BulkResult(id, null, "ended", answer.Message), $"Session {Show.Number(id)} ended.");
                },
                (id, why) => new BulkResult(id, null, Bulk.Failed, why), cancellationToken);
        });
    }
}

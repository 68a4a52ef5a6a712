namespace KohakuRiver.Cli;

/// <summary><c>kohakuriver invitations</c>.</summary>
internal static class InvitationCommands
{
    internal static CliCommand Build() =>
        new CliCommand("invitations", "Invite people.", "kohakuriver invitations create --role user").With(List(), Create(), Revoke());

    private static CliCommand List()
    {
        var limit = GlobalOptions.Limit();
        return new CliCommand(
            "list", "List invitations; admins see all, operators their own.", "kohakuriver invitations list").ShowsLongList(limit)
            .Does(async (run, cancellationToken) =>
            run.Output.List(
                await run.ListAsync<Invitation>("auth/invitations", run.Most(limit), cancellationToken), "No invitations.",
                new Column<Invitation>(
                    "Id",
                    i => Show.Number(i.Id)) { IsNumber = true }, new("Starts with", i => i.Prefix) { Drop = 7 }, new("Role", i => i.Role),
                new("Group", i => Show.Number(i.GroupId)) { IsNumber = true, Drop = 8 }, new(
                    "Uses", i => $"{i.UsageCount} of {i.MaxUsage}") { IsNumber = true },
                new("Open", i => Show.YesNo(i.IsValid)), new("Expires", i => Show.Time(i.ExpiresAt)) { Time = i => i.ExpiresAt },
                new("Made", i => Show.Time(i.CreatedAt)) { Time = i => i.CreatedAt, Drop = 9 }));
    }

    private static CliCommand Create()
    {
        var role = GlobalOptions.InvitedRole("The role of users who register with it (default: user; operators may invite viewers only).");
        var group = GlobalOptions.Text("--group", "The group these users join.", "NAME_OR_ID");
        var uses = Numbers.Option("--uses", "How many may register with it (default: 1).", least: 1);
        var expires = GlobalOptions.Text("--expires", "The lifetime, like 12h or 3d (default: the host's setting, 72 h).", "TIME");
        return new CliCommand(
            "create", "Create an invitation and show its link once.",
            "kohakuriver invitations create --role user --group research --expires 3d",
            "kohakuriver invitations create --role viewer --uses 20").With(role, group, uses, expires)
                .Does(async (run, cancellationToken) =>
        {
            var hours = run.Get(expires) is { } time
                ? Durations.Hours(time, "--expires") ?? throw CliException
                    .Usage("An invitation must expire; --expires takes a time like 12h or 3d.")
                : (int?)null;
            var found = run.Get(group) is { } name ? await run.Names.GroupAsync(name, cancellationToken) : null;
            var made = await run.Api.PostAsync<Invitation>(
                "auth/invitations",
                new InvitationWanted(run.Get(role) ?? "user", found?.Id, run.Get(uses), hours),
                cancellationToken);

            // Lines that the terminal wraps, so that they are copied as one.
            run.Output.Value(made, () =>
            {
                run.Output.Line("Link  " + made.Url);
                run.Output.Line("Code  " + made.Token);
            });
            run.Output.Note(
                $"Invitation {made.Id} for {made.MaxUsage} {made.Role}{(made.MaxUsage == 1 ? "" : "s")}"
                + $"{(found is null ? "" : $" in {found.Name}")}, "
                + $"open until {Show.Time(made.ExpiresAt)}. The code is shown only once; pass it on privately.");
        });
    }

    private static CliCommand Revoke()
    {
        var ids = Numbers.Ids("id", "The ids of invitations (-: those on standard input).", isNeeded: true);
        var yes = GlobalOptions.Yes();
        return new CliCommand("revoke", "Revoke invitations; users who registered with them stay.", "kohakuriver invitations revoke 7 8")
            .With(ids, yes)
            .Does((run, cancellationToken) =>
        {
            long[] all = [.. run.Items(run.Get(ids)).Select(Numbers.IdOf)];
            if (all.Length > 0)
            {
                run.Confirm(yes, "Revoke " + Show.Counted("invitation", [.. all.Select(id => Show.Number(id))]));
            }

            return Bulk.RunAsync(
                run, all, id => "invitation " + Show.Number(id),
                async id =>
                {
                    var answer = await InvocationContext.OrMissingAsync(
                        run.Api.DeleteAsync<MessageAnswer>($"auth/invitations/{Show.Number(id)}", cancellationToken),
                        $"There is no invitation {Show.Number(id)}, or none of yours. List them: kohakuriver invitations list");
                    return (new BulkResult(id, null, "revoked", answer.Message), $"Invitation {Show.Number(id)} revoked.");
                },
                (id, why) => new BulkResult(id, null, Bulk.Failed, why), cancellationToken);
        });
    }
}

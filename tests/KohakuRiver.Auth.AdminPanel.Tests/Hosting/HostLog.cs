namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>What the entries of the audit log say: the log's own words, which no page translates.</summary>
internal static class HostLog
{
    /// <summary>The details, targets and credentials of the newest entries, longest first.</summary>
    internal static async Task<IReadOnlyList<string>> WrittenAsync(this PanelHost host)
    {
        var query = new AuditQuery { Page = new PageRequest(500) };
        var log = (await host.Get<IAuditService>().ListAsync(host.ActorOf(Role.Admin), query)).Require();

        // A page shows some details in pieces, with names for numbers.
        var pieces = log.Items.SelectMany(AuditDetail.Of).Select(p => p.Text.Trim()).Where(t => t.Length > "group".Length);
        return
        [
            .. log.Items.SelectMany(e => new[] { e.Detail, e.Target, e.TargetType, e.Credential }).OfType<string>()
                .Concat(pieces)
                .Where(t => t.Length > 2)
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(t => t.Length),
        ];
    }
}

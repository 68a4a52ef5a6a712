using System.Text.Json;

namespace KohakuRiver.Auth.AspNetCore.Tests.Api;

/// <summary>
/// Everything a host knows but its audit log, throttles and counts of failed logins, as text: to see that nothing changed.
/// </summary>
internal static class StateDump
{
    internal static async Task<string> OfAsync(TestHost host)
    {
        var stores = host.Stores;
        var all = new PageRequest(500);
        var none = CancellationToken.None;
        var users = await stores.Users.ListAsync(new UserQuery { Page = all }, host.Now, none);
        var people = new List<object>();
        foreach (var user in users.Items)
        {
            people.Add(new
            {
                user = user with { User = user.User with { FailedLogins = 0 } },
                password = (await stores.Users.FindPasswordAsync(user.User.Id, none))!.PasswordHash,
                sessions = await stores.Sessions.ListAsync(user.User.Id, host.Now, none),
                identities = await stores.Identities.ListAsync(user.User.Id, none),
                vps = await stores.VpsAssignments.ListVpsOfUserAsync(user.User.Id, none),
            });
        }

        return JsonSerializer.Serialize(new
        {
            people,
            tokens = (await stores.Tokens.ListAsync(null, all, none)).Items,
            groups = (await stores.Groups.ListAsync(all, none)).Items,
            invitations = (await stores.Invitations.ListAsync(null, all, none)).Items,
            approvals = (await stores.Approvals.ListAsync(new ApprovalQuery { Page = all }, none)).Items,
            assignments = await stores.VpsAssignments.ListAsync("vps-1", none),
            settings = await stores.Settings.ReadAsync(none),
        });
    }
}

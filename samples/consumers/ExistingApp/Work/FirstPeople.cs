// <snippet:seeding>
using KohakuRiver.Auth;
using Microsoft.AspNetCore.Identity;

namespace Workshop;

/// <summary>The first admin and the groups, made at the first start; at every later one they are there already.</summary>
public sealed class FirstPeople(
    IServiceScopeFactory scopes, IUserService users, IGroupService groups, IIdentityService identities, IConfiguration configuration)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration["Seed:Password"] is not { } password)
        {
            return;
        }

        Require(await groups.CreateAsync(KohakuActor.Host, new CreateGroupCommand { Name = "makers" }, cancellationToken));
        Require(await users.CreateAsync(
            KohakuActor.Host,
            new CreateUserCommand { Username = "ada", Password = password, Role = KohakuRole.Admin },
            cancellationToken));

        // The app's own users have nothing to do with these.
        await using var scope = scopes.CreateAsyncScope();
        var own = scope.ServiceProvider.GetRequiredService<UserManager<User>>();
        if (await own.FindByNameAsync("ivy") is null)
        {
            await own.CreateAsync(new User { UserName = "ivy" }, password);
            await AddToBothAsync(own, "mia", password, cancellationToken);
        }
    }

    /// <summary>Somebody of the app who is somebody of the cluster too: the app says so, and she needs no second password.</summary>
    private async Task AddToBothAsync(UserManager<User> own, string name, string password, CancellationToken cancellationToken)
    {
        var here = new User { UserName = name };
        await own.CreateAsync(here, password);
        var there = (await users.CreateAsync(
            KohakuActor.Host,
            new CreateUserCommand { Username = name, Password = password, Role = KohakuRole.Operator },
            cancellationToken)).Require();
        var person = ExternalPerson.OfScheme(IdentityConstants.ApplicationScheme, here.Id, name);
        Require(await identities.LinkAsync(KohakuActor.Host, there.User.Id, person, cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Require<T>(KohakuResult<T> made)
        where T : notnull
    {
        // A name that is taken is one of an earlier start.
        if (made.Refusal is { Kind: not RefusalKind.Conflict } refusal)
        {
            throw new InvalidOperationException(refusal.Message);
        }
    }
}
// </snippet:seeding>

using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// Long sequences of operations, drawn from a seed, on the stores under test and on the in-memory stores in parallel:
/// each answer and, from time to time, everything readable must be the same. A failure names the seed and the last operations.
/// </summary>
[Subject("Sequences")]
internal sealed class SequenceCases : StoreCases
{
    private const int Steps = 500;

    private readonly InMemoryStoreSet model = new();
    private readonly List<string> log = [];
    private int seed;

    internal List<Handle> Users { get; } = [];

    internal List<Handle> Groups { get; } = [];

    internal List<Handle> Sessions { get; } = [];

    internal List<Handle> Tokens { get; } = [];

    internal List<Handle> Invitations { get; } = [];

    internal List<OneUseCode> Resets { get; } = [];

    internal SeededSequence Random { get; private set; } = new(0);

    [Case(1)]
    [Case(20)]
    [Case(300)]
    [Case(4000)]
    [Case(50000)]
    [Case(600000)]
    [Case(7000000)]
    [Case(80000000)]
    public async Task Sequence_OfRandomOperations_AnswersLikeTheModel(int fromSeed)
    {
        seed = fromSeed;
        Random = new SeededSequence(seed);
        var (accounts, credentials, tasks) = (new AccountOperations(this), new CredentialOperations(this), new TaskOperations(this));
        Func<Task>[] operations =
        [
            accounts.CreateUserAsync, accounts.CreateUserAsync, accounts.CreateUserAsync, credentials.CreateGroupAsync,
            credentials.CreateGroupAsync, accounts.RegisterAsync, credentials.InviteAsync, credentials.InviteAsync,
            accounts.UseInvitationAsync, accounts.UseInvitationAsync, accounts.UseInvitationAsync, accounts.UseInvitationAsync,
            accounts.FirstAdminAsync, accounts.LogInAsync, accounts.LogInAsync, accounts.LogInAsync, accounts.UpdateUserAsync,
            accounts.UpdateUserAsync, accounts.ChangePasswordAsync, accounts.SetPasswordAsync, accounts.ReplaceCodeAsync,
            accounts.ResetPasswordAsync, accounts.DeleteUserAsync, accounts.FailLoginAsync, accounts.FailLoginAsync,
            accounts.UnlockAsync, accounts.EndSessionAsync, accounts.EndAllAsync, credentials.TouchAsync, credentials.PruneAsync,
            credentials.CreateTokenAsync, credentials.CreateTokenAsync, credentials.CreateTokenAsync, credentials.RevokeTokenAsync,
            credentials.UpdateGroupAsync, credentials.DeleteGroupAsync, credentials.AddMemberAsync, credentials.AddMemberAsync,
            credentials.RemoveMemberAsync, credentials.RevokeInvitationAsync, tasks.SubmitAsync, tasks.SubmitAsync, tasks.SubmitAsync,
            tasks.DecideAsync, tasks.DecideAsync, tasks.DecideAsync, tasks.LeaseAsync, tasks.LeaseAsync, tasks.DeliverAsync,
            tasks.AssignSomethingAsync, tasks.AssignSomethingAsync, tasks.UnassignAsync, tasks.ForgetAsync, tasks.WriteSettingAsync,
            tasks.ThrottleAsync, tasks.ListUsersAsync, tasks.ListUsersAsync, tasks.ListAuditAsync, tasks.LookUpAsync,
            tasks.LookUpAsync, tasks.LookUpAsync, tasks.LookUpAsync,
        ];
        for (var step = 1; step <= Steps; step++)
        {
            await Random.Pick(operations)();
            if (step % 25 == 0)
            {
                Compare("everything", await SnapshotAsync(model), await SnapshotAsync());
            }
        }
    }

    /// <summary>Runs an operation on both, the model first, and compares what it answers.</summary>
    internal async Task BothAsync(string operation, Func<KohakuStoreSet, int, Task<string>> call)
    {
        log.Add(operation);
        var expected = await call(model, 0);
        log[^1] += " -> " + expected;
        Compare(operation, [expected], [await call(Stores, 1)]);
    }

    private void Compare(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        if (expected.SequenceEqual(actual, StringComparer.Ordinal))
        {
            return;
        }

        var missing = expected.Except(actual, StringComparer.Ordinal).Take(5);
        var surplus = actual.Except(expected, StringComparer.Ordinal).Take(5);
        Assert.Fail(string.Join(Environment.NewLine, (string[])
        [
            $"Seed {seed}, after {log.Count} operations: {what} differs from the in-memory model.",
            "Expected:", .. missing, "Actual:", .. surplus, "The last operations:", .. log.TakeLast(15),
        ]));
    }

    /// <summary>One that exists, as far as is known; sometimes one that was not created or is gone.</summary>
    internal Handle Any(List<Handle> handles)
    {
        var wanted = Random.OneIn(8) ? handles : handles.FindAll(h => h.IsThere);
        return wanted.Count == 0 ? new Handle("none", default) : Random.Pick(wanted);
    }
}

using KohakuRiver.Auth.Stores;
using Xunit;

namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>
/// Long sequences of operations, drawn from a seed, on the stores under test and on the in-memory stores side by side:
/// each answer and, now and then, all that can be read must be the same. A failure names the seed and the last operations.
/// </summary>
public abstract partial class RandomSequenceConformance : StoreConformance
{
    private const int Steps = 500;

    private readonly InMemoryStoreSet model = new();
    private readonly List<string> log = [];
    private readonly List<Handle> users = [];
    private readonly List<Handle> groups = [];
    private readonly List<Handle> sessions = [];
    private readonly List<Handle> tokens = [];
    private readonly List<Handle> invitations = [];
    private readonly List<OneUseCode> resets = [];
    private SeededSequence random = new(0);
    private int seed;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(4000)]
    [InlineData(50000)]
    [InlineData(600000)]
    public async Task Sequence_OfRandomOperations_AnswersLikeTheModel(int fromSeed)
    {
        seed = fromSeed;
        random = new SeededSequence(seed);
        Func<Task>[] operations =
        [
            CreateUserAsync, CreateUserAsync, CreateUserAsync, CreateGroupAsync, CreateGroupAsync, RegisterAsync, InviteAsync, InviteAsync,
            UseInvitationAsync, UseInvitationAsync, UseInvitationAsync, UseInvitationAsync, FirstAdminAsync, LogInAsync, LogInAsync, LogInAsync, UpdateUserAsync, UpdateUserAsync,
            ChangePasswordAsync, SetPasswordAsync, ReplaceCodeAsync, ResetPasswordAsync, DeleteUserAsync, FailLoginAsync, FailLoginAsync,
            UnlockAsync, EndSessionAsync, EndAllAsync, TouchAsync, PruneAsync, CreateTokenAsync, CreateTokenAsync, CreateTokenAsync,
            RevokeTokenAsync, UpdateGroupAsync, DeleteGroupAsync, AddMemberAsync, AddMemberAsync, RemoveMemberAsync, RevokeInvitationAsync,
            SubmitAsync, SubmitAsync, SubmitAsync, DecideAsync, DecideAsync, DecideAsync, LeaseAsync, LeaseAsync, DeliverAsync, AssignSomethingAsync, AssignSomethingAsync,
            UnassignAsync, ForgetAsync, WriteSettingAsync, ThrottleAsync, ListUsersAsync, ListUsersAsync, ListAuditAsync, LookUpAsync, LookUpAsync, LookUpAsync, LookUpAsync,
        ];
        for (var step = 1; step <= Steps; step++)
        {
            await random.Pick(operations)();
            if (step % 25 == 0)
            {
                Compare("everything", await SnapshotAsync(model), await SnapshotAsync());
            }
        }
    }

    /// <summary>Runs an operation on both, the model first, and compares what it answers.</summary>
    private async Task BothAsync(string operation, Func<KohakuStoreSet, int, Task<string>> call)
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

    /// <summary>The answer of a contested write. Which of several losses is named first is left to the store.</summary>
    private static string Answer<T>(WriteResult<T> result, Func<T, string> describe)
        where T : class => result.Value is { } value ? "done " + describe(value) : "lost";

    private static string Answer(WriteStatus status) => status == WriteStatus.Done ? "done" : "lost";

    private static string Describe(UserDetails details) =>
        $"{details.User.Username} {details.User.DisplayName} {details.User.Role} {details.User.IsActive} [{string.Join(',', details.Groups.Select(g => g.Name))}]";

    /// <summary>One that is there, as far as is known; now and then one that was not made or is gone.</summary>
    private Handle Any(List<Handle> handles)
    {
        var wanted = random.OneIn(8) ? handles : handles.FindAll(h => h.IsThere);
        return wanted.Count == 0 ? new Handle("none", default) : random.Pick(wanted);
    }

    /// <summary>Up to three that are there; the bits of the mask choose.</summary>
    private static List<Handle> SomeOf(List<Handle> handles, int mask) =>
        [.. handles.Where(h => h.IsThere).Where((_, i) => ((mask >> (i % 16)) & 1) == 1).Take(3)];

    private static long[] IdsOf(List<Handle> handles, int side) => [.. handles.Select(h => h.Ids[side])];

    /// <summary>Something made in both stores, by its id in the model and its id in the stores under test; 0 where it was not made.</summary>
    private sealed class Handle(string name, SecretHash hash)
    {
        private bool isGone;

        public string Name => name;

        public SecretHash Hash => hash;

        public long[] Ids { get; } = new long[2];

        public DateTimeOffset? ExpiresAt { get; init; }

        public Handle? Owner { get; init; }

        public bool IsThere => Ids[0] != 0 && !isGone;

        public string Ended(bool done)
        {
            isGone |= done;
            return done ? "ended" : "refused";
        }
    }
}

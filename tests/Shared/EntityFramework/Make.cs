using System.Security.Cryptography;
using KohakuRiver.Auth.Stores;

namespace KohakuRiver.Auth.EntityFrameworkCore.Tests;

/// <summary>Things to put into a store.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Now = new(2026, 11, 3, 12, 0, 0, TimeSpan.Zero);

    public static SecretHash Hash() => SecretHash.FromBytes(RandomNumberGenerator.GetBytes(SecretHash.Size));

    public static AuthorizedWrite Audit(string action = "test.act") => AuthorizedWrite.WithoutCredential(new AuditEntry
    {
        At = Now,
        Actor = "_system",
        Action = action,
        OperationId = Guid.CreateVersion7(Now),
    });

    public static NewUser User(string name, Role role = Role.User) => new()
    {
        Username = name,
        DisplayName = "Display " + name,
        Role = role,
        PasswordHash = "hash-of-" + name,
        CreatedAt = Now,
    };

    public static NewSession Session(int limit = 20) => new()
    {
        Hash = Hash(),
        CreatedAt = Now,
        ExpiresAt = Now.AddHours(24),
        Limit = limit,
    };

    public static NewInvitation Invitation(SecretHash hash, int maxUses) => new()
    {
        Hash = hash,
        Prefix = "kri_abc",
        Role = Role.Viewer,
        MaxUses = maxUses,
        ExpiresAt = Now.AddHours(72),
        CreatedBy = "_system",
        CreatedAt = Now,
        Limit = 1000,
    };

    public static NewApproval Approval(string taskId) => new()
    {
        Task = new TaskSubmission { TaskId = taskId, Command = "echo", Arguments = ["a b", "ü"], RequiredGpus = [0, 3] },
        Submitter = "somebody",
        SubmittedAt = Now,
        ApprovedAtOnce = false,
    };

    public static ApprovalDecision Decision(ApprovalStatus status) => new() { Status = status, DecidedBy = "op", DecidedAt = Now };

    public static async Task<long> UserAsync(KohakuStoreSet stores, string name, Role role = Role.User) =>
        (await stores.Accounts.TryCreateUserAsync(User(name, role), Audit(), TestContext.Current.CancellationToken)).Value!.User.Id;
}

namespace KohakuRiver.Auth.Tests;

public sealed class TaskRulesMatrixTests
{
    private static readonly Role[] UsersOnly = [Role.User];
    private static readonly Role[] Nobody = [];
    private static readonly Role[] UpToAdmins = [Role.User, Role.Operator, Role.Admin];

    [Fact]
    public void Submit_ForEverybody_FollowsItsRow() => Cast.Holds("FFAAA FFAAA AAA U", TaskRules.Submit);

    [Fact]
    public void NeedsApproval_ForEverybody_FollowsTheListedRoles()
    {
        Cast.Holds("--A-- --A-- --- -", actor => TaskRules.NeedsApproval(actor, UsersOnly));
        Cast.Holds("----- ----- --- -", actor => TaskRules.NeedsApproval(actor, Nobody));
        Cast.Holds("--AAA --AAA --- -", actor => TaskRules.NeedsApproval(actor, UpToAdmins));
    }

    [Fact]
    public void DecideApproval_OfSomebodyElses_FollowsItsRow()
    {
        const string expected = "FFFAA FFFAA AAA U";
        Cast.Holds(expected, actor => TaskRules.DecideApproval(actor, ApprovalOf(Cast.Other), UsersOnly));
        Cast.Holds(expected, actor => TaskRules.DecideApproval(actor, ApprovalOf(Cast.Other), UpToAdmins));
        Cast.Holds(expected, actor => TaskRules.DecideApproval(actor, ApprovalOf(null), UpToAdmins));
    }

    [Fact]
    [Trait("Requirement", "V2.3.5")]
    public void DecideApproval_OfOnesOwn_OnlyWhereItWouldNotWait()
    {
        Cast.Holds("FFFAA FFFAA AAA U", actor => TaskRules.DecideApproval(actor, ApprovalOf(Cast.Me), UsersOnly));
        Cast.Holds("FFFFF FFFFF AAA U", actor => TaskRules.DecideApproval(actor, ApprovalOf(Cast.Me), UpToAdmins));
        var admin = Cast.Person(ActorKind.Session, Role.Admin);
        Assert.Same(Refusals.OwnSubmission, TaskRules.DecideApproval(admin, ApprovalOf(Cast.Me), UpToAdmins).Refusal);
    }

    [Theory]
    [InlineData(ApprovalStatus.Approved)]
    [InlineData(ApprovalStatus.Rejected)]
    [InlineData(ApprovalStatus.Withdrawn)]
    public void DecideApproval_OfWhatIsDecided_IsAConflict(ApprovalStatus status)
    {
        Cast.Holds("FFFCC FFFCC CCC U", actor => TaskRules.DecideApproval(actor, ApprovalOf(Cast.Other, status), UsersOnly));
        Cast.Holds("FFFCC FFFCC CCC U", actor => TaskRules.DecideApproval(actor, ApprovalOf(Cast.Me, status), UpToAdmins));
    }

    [Fact]
    public void Withdraw_WhilePending_IsForTheSubmitter()
    {
        Cast.Holds("FAAAA FAAAA HHH U", actor => TaskRules.Withdraw(actor, ApprovalOf(Cast.Me)));
        Cast.Holds("FHHHH FHHHH HHH U", actor => TaskRules.Withdraw(actor, ApprovalOf(Cast.Other)));
        Cast.Holds("FHHHH FHHHH HHH U", actor => TaskRules.Withdraw(actor, ApprovalOf(null)));
    }

    [Theory]
    [InlineData(ApprovalStatus.Approved)]
    [InlineData(ApprovalStatus.Rejected)]
    [InlineData(ApprovalStatus.Withdrawn)]
    public void Withdraw_OfWhatIsDecided_IsAConflictForTheSubmitterOnly(ApprovalStatus status)
    {
        Cast.Holds("FCCCC FCCCC HHH U", actor => TaskRules.Withdraw(actor, ApprovalOf(Cast.Me, status)));
        Cast.Holds("FHHHH FHHHH HHH U", actor => TaskRules.Withdraw(actor, ApprovalOf(Cast.Other, status)));
    }

    [Theory]
    [InlineData(Cast.Me, "-AAAA -AAAA AAA -")]
    [InlineData(Cast.Other, "---AA ---AA AAA -")]
    [InlineData(null, "---AA ---AA AAA -")]
    public void SeesContent_ForEverybody_FollowsItsRow(long? owner, string expected) =>
        Cast.Holds(expected, actor => TaskRules.SeesContent(actor, owner));

    [Theory]
    [InlineData(Cast.Me, "FFAAA FFAAA AAA U")]
    [InlineData(Cast.Other, "FFFAA FFFAA AAA U")]
    [InlineData(null, "FFFAA FFFAA AAA U")]
    public void Kill_ForEverybody_FollowsItsRow(long? owner, string expected) =>
        Cast.Holds(expected, actor => TaskRules.Kill(actor, owner));

    private static Approval ApprovalOf(long? submitter, ApprovalStatus status = ApprovalStatus.Pending) => new()
    {
        Id = 3,
        Task = new TaskSubmission { TaskId = "t-1", Command = "true" },
        SubmitterId = submitter,
        Submitter = "somebody",
        SubmittedAt = DateTimeOffset.UnixEpoch,
        Status = status,
    };
}

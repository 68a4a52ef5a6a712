using System.Reflection;

namespace KohakuRiver.Auth.Tests;

/// <summary>A new rule needs a row in the tables beside this file, and then its name here.</summary>
public sealed class RuleInventoryTests
{
    [Fact]
    public void AccessRules_All_HaveARow() => Assert.Equal(
        [
            "Assignable", "ChangeOwnPassword", "ChangeRole", "Decide", "DeleteUser", "ExplainVps", "GrantRole", "Invitable", "Invite",
            "ManageUser", "MinimumInviter", "OwnAccount", "OwnAccountBySession", "RequireRole", "ResetPassword", "RevokeInvitation",
            "RoleInForce", "SeeCredentialsOf", "SeeOneself", "SetActive",
            "UseVps",
        ],
        NamesOf(typeof(AccessRules)));

    [Fact]
    public void TaskRules_All_HaveARow() =>
        Assert.Equal(["DecideApproval", "Kill", "NeedsApproval", "SeesContent", "Submit", "Withdraw"], NamesOf(typeof(TaskRules)));

    [Fact]
    public void RuleClasses_All_AreKnown() => Assert.Equal(
        [
            "AccessRules", "CredentialRules", "ExternalNameRules", "FieldRules", "QuotaRules", "SubmissionRules", "TaskRules",
            "VpsRequestRules",
        ],
        typeof(AccessRules).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(AccessRules).Namespace && t.Name.EndsWith("Rules", StringComparison.Ordinal))
            .Select(t => t.Name)
            .Order(StringComparer.Ordinal));

    private static IEnumerable<string> NamesOf(Type rules) => rules
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(m => m.Name)
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);
}

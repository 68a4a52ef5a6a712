namespace KohakuRiver.Auth.Tests;

public sealed class PermissionTableTests
{
    private readonly PermissionTable table = new();

    [Fact]
    [Trait("Requirement", "V8.1.1")]
    public void All_BuiltInPermissions_AreTheseWithTheseRoles() => Assert.Equal(
        [
            ("nodes.view", Role.Viewer),
            ("tasks.view", Role.Viewer),
            ("account.manage", Role.Viewer),
            ("tasks.submit", Role.User),
            ("tasks.approve", Role.Operator),
            ("vps.manage", Role.Operator),
            ("users.list", Role.Operator),
            ("invitations.create", Role.Operator),
            ("users.manage", Role.Admin),
            ("settings.manage", Role.Admin),
            ("audit.view", Role.Admin),
        ],
        table.All.Select(p => (p.Name, p.MinimumRole)));

    [Fact]
    public void All_PermissionProperties_AreInTheTable()
    {
        var declared = typeof(Permissions).GetProperties()
            .Where(p => p.PropertyType == typeof(Permission))
            .Select(p => (Permission)p.GetValue(null)!)
            .ToHashSet();
        Assert.Equal(declared, table.All.ToHashSet());
        Assert.All(table.All, p => Assert.False(string.IsNullOrWhiteSpace(p.Description)));
    }

    [Theory]
    [InlineData("nodes.view", "FAAAA FAAAA AAA U")]
    [InlineData("tasks.view", "FAAAA FAAAA AAA U")]
    [InlineData("account.manage", "FAAAA FAAAA AAA U")]
    [InlineData("tasks.submit", "FFAAA FFAAA AAA U")]
    [InlineData("tasks.approve", "FFFAA FFFAA AAA U")]
    [InlineData("vps.manage", "FFFAA FFFAA AAA U")]
    [InlineData("users.list", "FFFAA FFFAA AAA U")]
    [InlineData("invitations.create", "FFFAA FFFAA AAA U")]
    [InlineData("users.manage", "FFFFA FFFFA AAA U")]
    [InlineData("settings.manage", "FFFFA FFFFA AAA U")]
    [InlineData("audit.view", "FFFFA FFFFA AAA U")]
    public void Decide_BuiltInPermission_FollowsItsRow(string name, string expected)
    {
        Cast.Holds(expected, actor => table.Decide(actor, name));
        Assert.True(table.TryFind(name, out var permission));
        Cast.Holds(expected, actor => AccessRules.Decide(actor, permission));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tasks")]
    [InlineData("Tasks.View")]
    [InlineData("tasks.view ")]
    [InlineData("reports.view")]
    public void Decide_NameWithoutARow_IsRefusedWhoeverAsks(string name)
    {
        Cast.Holds("FFFFF FFFFF FFF F", actor => table.Decide(actor, name));
        Assert.False(table.TryFind(name, out _));
    }

    [Fact]
    public void Decide_PermissionOfTheHost_FollowsItsRole()
    {
        var own = new PermissionTable(new Permission("reports.view", Role.Operator, "See reports"));
        Cast.Holds("FFFAA FFFAA AAA U", actor => own.Decide(actor, "reports.view"));
        Assert.Equal(table.All.Count + 1, own.All.Count);
    }

    [Fact]
    public void Table_WithTheSameNameTwice_IsRefused()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new PermissionTable(new Permission("tasks.view", Role.Admin, "Mine")));
        Assert.Contains("tasks.view", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", Role.Viewer)]
    [InlineData(" ", Role.Viewer)]
    [InlineData("reports.view", Role.Anony)]
    [InlineData("reports.view", (Role)5)]
    [InlineData("reports.view", (Role)(-1))]
    public void Permission_WithoutNameOrForAnony_IsRefused(string name, Role role) =>
        Assert.ThrowsAny<ArgumentException>(() => new Permission(name, role, ""));

    [Fact]
    public void Decision_Default_IsRefused()
    {
        Decision decision = default;
        Assert.False(decision.IsAllowed);
        Assert.Equal(RefusalKind.Forbidden, decision.Refusal.Kind);
        Assert.Null(Decision.Allowed.Refusal);
    }
}

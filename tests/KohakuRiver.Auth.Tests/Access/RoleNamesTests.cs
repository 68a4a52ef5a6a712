namespace KohakuRiver.Auth.Tests;

public sealed class RoleNamesTests
{
    [Theory]
    [InlineData("anony", Role.Anony, 0)]
    [InlineData("viewer", Role.Viewer, 1)]
    [InlineData("user", Role.User, 2)]
    [InlineData("operator", Role.Operator, 3)]
    [InlineData("admin", Role.Admin, 4)]
    public void TryParse_ExactWord_IsTheRoleAndBack(string name, Role role, int rank)
    {
        Assert.True(RoleNames.TryParse(name, out var parsed));
        Assert.Equal(role, parsed);
        Assert.Equal(rank, (int)role);
        Assert.Equal(name, role.ToName());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("Admin")]
    [InlineData("ADMIN")]
    [InlineData(" admin")]
    [InlineData("admin ")]
    [InlineData("admin\n")]
    [InlineData("admin\0")]
    [InlineData("viewer,admin")]
    [InlineData("viewer admin")]
    [InlineData("\"admin\"")]
    [InlineData("adm\u0131n")]
    [InlineData("anonymous")]
    [InlineData("root")]
    [Trait("Requirement", "V2.2.1")]
    public void TryParse_AnythingElse_IsRefused(string? name)
    {
        Assert.False(RoleNames.TryParse(name, out var role));
        Assert.Equal(Role.Anony, role);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void ToName_OfNoRole_Throws(int value) => Assert.Throws<ArgumentOutOfRangeException>(() => ((Role)value).ToName());

    [Fact]
    [Trait("Requirement", "V2.2.1")]
    public void All_Names_AreFiveLowestFirst() => Assert.Equal(["anony", "viewer", "user", "operator", "admin"], RoleNames.All);

    [Fact]
    public void ApprovalStatusNames_ExactWords_AreTheStatesAndBack()
    {
        Assert.Equal(["pending_approval", "approved", "rejected", "withdrawn"], ApprovalStatusNames.All);
        foreach (var status in Enum.GetValues<ApprovalStatus>())
        {
            Assert.True(ApprovalStatusNames.TryParse(status.ToName(), out var parsed));
            Assert.Equal(status, parsed);
        }

        foreach (var other in (string?[])[null, "", "pending", "Approved", "1", "approved,rejected"])
        {
            Assert.False(ApprovalStatusNames.TryParse(other, out _));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ((ApprovalStatus)4).ToName());
    }
}

namespace KohakuRiver.Auth.Architecture.Tests.Docs;

/// <summary>Whoever reads the pages finds everything there is to call: none of it can be learned from the code alone.</summary>
public sealed class EntryPointTests
{
    [Fact]
    public void EntryPoints_OfAllLibraries_AreNamedInAPage() =>
        ArchitectureRules.Holds(EntryPoints.Missing(EntryPoints.All, EntryPoints.Pages));

    [Fact]
    public void EntryPoints_OfAllLibraries_AreFound()
    {
        var names = EntryPoints.All.Select(e => e.Name).ToList();
        Assert.All(
            ["AddKohakuAuth", "UseKohakuAuth", "MapKohakuAdminPanel", "RequireKohakuRole", "AllowAnyActor", "IgnoreKohakuCredentials"],
            name => Assert.Contains(name, names));
        Assert.All(
            ["UseAsDefaultScheme", "PublicUrl", "Throttling:LoginsPerMinute", "BusyTimeout", "RequirePermission", "LeavesOut"],
            name => Assert.Contains(name, names));
        Assert.DoesNotContain("Throttling", names);
    }

    [Theory]
    [InlineData("AddThis", "Call `AddThis()` first.", true)]
    [InlineData("AddThis", "```csharp\nservices.AddThis();\n```", true)]
    [InlineData("AddThis", "Call AddThis() first.", false)]
    [InlineData("AddThis", "Call `AddThisToo()` first.", false)]
    [InlineData("Group:One", "Set `Group:One`.", true)]
    [InlineData("Group:One", "Set `Group__One`.", true)]
    [InlineData("Group:One", "Set `One`.", false)]
    [InlineData("Group:One", "| `Group:Two`, `…One` |", true)]
    [InlineData("Group:One", "| `Other:Two`, `…One` |", false)]
    public void EntryPoint_OfThisName_IsMissedUnlessCodeNamesIt(string name, string page, bool named) =>
        Assert.Equal(named, !EntryPoints.Missing([(name, "Type")], page).Any());
}

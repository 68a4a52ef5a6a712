namespace KohakuRiver.Auth.Packages.Tests;

/// <summary>An app that uses names both it and the library have: what its compiler says.</summary>
public sealed class NamesConsumerTests(Feed feed)
{
    [Fact]
    public async Task Names_ThatBothHave_AreSaidByTheCompilerWithBothPlaces()
    {
        var (_, build) = await feed.Local.TryBuildConsumerAsync("Names");

        build.Expect(1);
        Assert.Contains(
            "CS0104: 'Role' is an ambiguous reference between 'Workshop.Role' and 'KohakuRiver.Auth.Role'", build.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "CS0104: 'Page<>' is an ambiguous reference between 'Workshop.Page<T>' and 'KohakuRiver.Auth.Page<T>'", build.Output,
            StringComparison.Ordinal);
        Assert.Contains(
            "CS0121: The call is ambiguous between the following methods or properties: "
            + "'Microsoft.AspNetCore.Builder.KohakuEndpointConventionExtensions.RequirePermission<TBuilder>(TBuilder, string)' and "
            + "'Workshop.WorkshopPermissionExtensions.RequirePermission<TBuilder>(TBuilder, string)'", build.Output,
            StringComparison.Ordinal);
    }
}

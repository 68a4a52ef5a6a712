using KohakuRiver.Auth.AdminPanel.Tests.Hosting;

namespace KohakuRiver.Auth.AdminPanel.Tests.Components;

/// <summary>What stands for a person beside the name.</summary>
public sealed class PersonMarkTests
{
    [Theory]
    [InlineData("ada", "A")]
    [InlineData("ada.lovelace", "AL")]
    [InlineData("the-vision_lab-admin", "TA")]
    [InlineData("7of9", "7")]
    [InlineData("\u00E9mile zola", "\u00C9Z")]
    [InlineData("\u738B\u5C0F\u660E", "\u738B")]
    [InlineData("\uD840\uDC0B x", "\uD840\uDC0BX")]
    [InlineData("_system", "S")]
    [InlineData("...", "–")]
    [InlineData("", "–")]
    [InlineData(null, "–")]
    public void Initials_OfAName_AreItsFirstAndLastBeginning(string? name, string initials) =>
        Assert.Equal(initials, PersonMark.InitialsOf(name));

    [Fact]
    public void Initials_OfWhatCannotBeSeen_HoldNoneOfIt() =>
        Assert.Empty(Unseen.In(PersonMark.InitialsOf(Unseen.All + "a" + Unseen.All + "b" + Unseen.All)));

    [Fact]
    public void Tint_OfAName_IsItsOwnAndOneTheStylesheetHas()
    {
        var assets = new PanelAssets(Microsoft.Extensions.Options.Options.Create(new AdminPanelOptions()));
        Assert.True(assets.TryFind(assets.Address("panel.css")[PanelAssets.Folder.Length..], out var styles));
        var css = System.Text.Encoding.UTF8.GetString(styles.Content);
        var tints = Enumerable.Range(0, 200).Select(i => PersonMark.TintOf($"person{i}")).ToList();
        Assert.Equal(Enumerable.Range(0, PersonMark.Tints), tints.Distinct().Order());
        Assert.All(tints.Distinct(), t => Assert.Contains($".tint-{t} {{", css, StringComparison.Ordinal));
        Assert.Equal(PersonMark.TintOf("ada"), PersonMark.TintOf("ada"));
        Assert.Equal(0, PersonMark.TintOf(null) - PersonMark.TintOf(""));
    }
}

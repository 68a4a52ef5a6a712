using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;

namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

public sealed class PanelTextsTests
{
    private readonly PanelTexts texts = new([new Dictionary
    {
        ["Members of {0}"] = "{0} の メンバー",
        ["{0} of {1}"] = "{1} 中 {0}",
        ["{0} tasks"] = "タスク {0} 件",
        ["User"] = "ユーザー",
        ["role operator"] = "当番",
    }], CultureInfo.InvariantCulture);

    [Fact]
    public void Text_ThatNobodyTranslated_IsEnglish() => Assert.Equal("Save", texts["Save"]);

    [Theory]
    [InlineData(0, "タスク 0 件")]
    [InlineData(1, "1 task")]
    [InlineData(2, "タスク 2 件")]
    public void Count_ByItsNumber_TakesOneOrMany(int number, string expected) =>
        Assert.Equal(expected, texts.Count(number, "{0} task", "{0} tasks"));

    [Theory]
    [InlineData("user", "user")]
    [InlineData("operator", "当番")]
    public void Role_WhoseNameIsANounToo_IsTranslatedAsARoleAlone(string role, string expected) =>
        Assert.Equal(expected, texts.Role(role));

    [Fact]
    public void Arguments_ThatLookLikePlaces_StayWhatTheyAre() => Assert.Equal("{1} の メンバー", texts["Members of {0}", "{1}"]);

    [Fact]
    public async Task Rich_WithPiecesInAnotherOrder_KeepsElementsAndEncodesText()
    {
        RenderFragment link = b => b.AddMarkupContent(0, "<a href=\"/\">all</a>");
        Assert.Equal("<a href=\"/\">all</a> &#x4E2D; &lt;b&gt;", await HtmlAsync(texts.Rich("{0} of {1}", "<b>", link)));
    }

    [Fact]
    public async Task Rich_WithoutAPieceForAPlace_IsAFault() =>
        await Assert.ThrowsAsync<FormatException>(() => HtmlAsync(texts.Rich("{0} of {1}", "one")));

    private static async Task<string> HtmlAsync(RenderFragment fragment)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Shown.Content)] = fragment };
            return (await renderer.RenderComponentAsync<Shown>(ParameterView.FromDictionary(parameters))).ToHtmlString();
        });
    }

    private sealed class Shown : ComponentBase
    {
        [Parameter]
        public RenderFragment? Content { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) =>
            builder.AddContent(0, Content);
    }

    private sealed class Dictionary : Dictionary<string, string>, IStringLocalizer
    {
        LocalizedString IStringLocalizer.this[string name] => new(name, GetValueOrDefault(name) ?? name, !ContainsKey(name));

        LocalizedString IStringLocalizer.this[string name, params object[] arguments] => throw new NotSupportedException();

        public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) =>
            this.Select(t => new LocalizedString(t.Key, t.Value));

        private string? GetValueOrDefault(string name) => TryGetValue(name, out var text) ? text : null;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;

namespace KohakuRiver.Auth.AdminPanel.Tests.Hosting;

/// <summary>A language that nobody speaks: every text is its English one between marks, and longer by two fifths, as translations
/// are.</summary>
internal sealed class MarkedTexts : IStringLocalizerFactory, IStringLocalizer
{
    internal const char Begin = '⟦';
    internal const char End = '⟧';

    LocalizedString IStringLocalizer.this[string name] => new(name, Begin + name + Longer(name) + End);

    LocalizedString IStringLocalizer.this[string name, params object[] arguments] => throw new NotSupportedException();

    internal static Task<PanelHost> StartAsync(bool withUsers = true) => PanelHost.StartAsync(
        withUsers: withUsers,
        services: s => s.AddSingleton<IStringLocalizerFactory, MarkedTexts>(),
        build: auth => auth.AddAdminPanel(o => o.AddTexts<MarkedTexts>()));

    public IStringLocalizer Create(Type resourceSource) => this;

    public IStringLocalizer Create(string baseName, string location) => this;

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];

    // Words of a usual length, so that lines can break as they do in other languages.
    private static string Longer(string name) =>
        string.Concat(Enumerable.Range(0, (name.Length * 2 / 5) + 1).Select(i => i % 8 == 0 ? ' ' : '~'));
}

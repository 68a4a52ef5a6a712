using KohakuRiver.Tests.Browser;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>The tests that share the one browser; they take turns.</summary>
[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<Chromium>;

using KohakuRiver.Tests.Browser;

namespace KohakuRiver.Auth.AdminPanel.Tests.Browser;

/// <summary>The tests that work in a browser; they take turns in it.</summary>
[CollectionDefinition("browser")]
public sealed class BrowserCollection : ICollectionFixture<Chromium>;

using FestivalOps.Language;
using FestivalOps.Scheduling;

namespace FestivalOps.Maintenance.SystemUpdates;

/// <summary>What the updates say.</summary>
internal static class UpdateTexts
{
    private const int Named = 10;

    public static readonly LocalizedText Summary = new("システム更新(OS パッケージ・gem・npm)", "system updates: packages of the system, gems, npm");

    public static readonly LocalizedText Finishing = new("中断した更新の仕上げ", "finish an interrupted upgrade");

    public static readonly LocalizedText Lists = new("パッケージ一覧の取得", "fetch the lists of packages");

    public static readonly LocalizedText Upgrade = new("OS パッケージの更新", "upgrade the system's packages");

    public static readonly LocalizedText Gems = new("gem の更新(--conservative)", "update the gems, conservatively");

    public static readonly LocalizedText Npm = new("npm パッケージの修正", "fix npm packages with known weaknesses");

    public static readonly LocalizedText NothingToUpgrade = new("OS パッケージ: 更新はありません", "packages of the system: nothing to upgrade");

    public static readonly LocalizedText GemsUpToDate = new("gem: 更新はありません", "gems: nothing to update");

    public static LocalizedText Packages(IReadOnlyCollection<PackageUpdate> packages) => new(
        $"OS パッケージ {packages.Count} 件(うちセキュリティ {packages.Count(p => p.IsSecurity)} 件)", $"{packages.Count} package(s) of the system, {packages.Count(p => p.IsSecurity)} for security");

    public static LocalizedText Package(PackageUpdate package) => package.IsSecurity ? new($"{package}(セキュリティ)", $"{package} (security)") : LocalizedText.Same(package.ToString());

    public static LocalizedText Gem(PackageUpdate gem) => LocalizedText.Same($"gem {gem}");

    public static LocalizedText GemCount(IReadOnlyCollection<PackageUpdate> gems) => new($"gem {gems.Count} 件に更新があります", $"{gems.Count} gem(s) have newer versions");

    public static LocalizedText NpmWould(int changes) => new($"npm: {changes} パッケージが変わります", $"npm: {changes} package(s) would change");

    public static LocalizedText NpmDid(int changes) => new($"npm: {changes} パッケージを変更しました", $"npm: {changes} package(s) changed");

    public static LocalizedText NotReadable(string tool) => new($"{tool}: 出力を解釈できません", $"{tool}: what it said can't be read");

    public static LocalizedText Done(LocalizedText what) => new($"{what.Ja}: 完了", $"{what.En}: done");

    public static LocalizedText Upgraded(IReadOnlyCollection<PackageUpdate> packages) => new(
        $"OS パッケージ {packages.Count} 件を更新しました(うちセキュリティ {packages.Count(p => p.IsSecurity)} 件)",
        $"{packages.Count} package(s) of the system upgraded, {packages.Count(p => p.IsSecurity)} for security");

    public static LocalizedText StillOld(IReadOnlyCollection<PackageUpdate> packages) => new(
        $"更新後も {packages.Count} 件が古いままです: {Some(packages)}", $"{packages.Count} package(s) are still old afterwards: {Some(packages)}");

    public static LocalizedText PlanChanged(IReadOnlyCollection<PackageUpdate> packages) => new(
        $"OS パッケージ: 一覧の取得後に更新対象が変わったため、更新しませんでした(現在 {packages.Count} 件)。もう一度実行して、新しい計画を承認してください",
        $"packages of the system: what is to be upgraded changed when the lists were fetched, so nothing was upgraded ({packages.Count} now). Run it again and approve the new plan");

    public static readonly LocalizedText NotReached = new("OS パッケージの更新: 前の手順が終わらなかったため行っていません", "upgrade the system's packages: not done, because what comes before it did not end");

    public static LocalizedText Reboot(string packages) => packages.Length == 0
        ? new("再起動が必要です", "a reboot is required")
        : new($"再起動が必要です(原因: {packages})", $"a reboot is required (because of {packages})");

    public static LocalizedText Headline(TaskEnd end, bool reboot) => (end, reboot) switch
    {
        (TaskEnd.Failed, _) => new("システム更新の一部に失敗しました", "Some of the updates failed"),
        (TaskEnd.NotAvailable, _) => new("システム更新を実行できませんでした", "None of the updates could be done"),
        (_, true) => new("システム更新が終わりました。再起動が必要です", "The updates are done; a reboot is required"),
        (TaskEnd.Warning, _) => new("システム更新が終わりました。確認が必要な点があります", "The updates are done, with something to look at"),
        _ => new("システム更新が終わりました", "The updates are done"),
    };

    private static string Some(IReadOnlyCollection<PackageUpdate> packages) => string.Join(", ", packages.Take(Named).Select(p => p.Name)) + (packages.Count > Named ? ", …" : "");
}

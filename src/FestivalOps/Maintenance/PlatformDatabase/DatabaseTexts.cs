using FestivalOps.Language;

namespace FestivalOps.Maintenance.PlatformDatabase;

/// <summary>What work on the platform's database says when it can't be done.</summary>
internal static class DatabaseTexts
{
    public static readonly LocalizedText NoMaintenance = new(
        "利用できません: 設定 Platform:MaintenanceDatabase がありません。テーブル所有者のメンバーであるロールを用意してください (CREATE ROLE festivalops_maintenance LOGIN PASSWORD '…' IN ROLE <所有者>)",
        "not available: Platform:MaintenanceDatabase is not set; it needs a role that is a member of the tables' owner (CREATE ROLE festivalops_maintenance LOGIN PASSWORD '…' IN ROLE <owner>)");

    public static readonly LocalizedText NoDatabase = new("利用できません: 設定 Platform:Database がありません", "not available: Platform:Database is not set");

    public static readonly LocalizedText NoRedis = new("利用できません: 設定 Platform:Redis がありません", "not available: Platform:Redis is not set");

    /// <summary>What a role needs; who is a member without INHERIT has the owner's rights only after SET ROLE.</summary>
    public static readonly LocalizedText Grant = new("GRANT <所有者> TO <ロール>、ロールは INHERIT", "GRANT <owner> TO <role>, with INHERIT");

    public static LocalizedText Locked(LocalizedText what) => new($"{what.Ja}: 他のセッションがロック中のため、待たずに中止しました", $"{what.En}: another session holds a lock; given up instead of waiting");

    public static LocalizedText TooSlow(LocalizedText what) => new($"{what.Ja}: 制限時間を超えたため中止しました", $"{what.En}: took longer than its time limit and was ended");

    public static LocalizedText Missing(LocalizedText what, string said) => new($"{what.Ja}: 利用できません: {said}", $"{what.En}: not available: {said}");

    public static LocalizedText NotAllowed(LocalizedText what, string said) => new(
        $"{what.Ja}: 利用できません: 権限がありません ({said})。{Grant.Ja} が必要です", $"{what.En}: not available: not allowed ({said}); {Grant.En} is needed");

    public static LocalizedText Unreachable(LocalizedText what, string why) => new($"{what.Ja}: データベースに接続できません ({why})", $"{what.En}: the database can't be reached ({why})");

    public static LocalizedText Said(LocalizedText what, string said) => new($"{what.Ja}: データベースの応答: {said}", $"{what.En}: the database said: {said}");

    public static LocalizedText RedisAway(LocalizedText what, string place) => new($"{what.Ja}: Redis ({place}) に接続できません", $"{what.En}: Redis ({place}) can't be reached");
}

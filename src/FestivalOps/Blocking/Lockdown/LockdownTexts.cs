using FestivalOps.Blocking.Firewalls;
using FestivalOps.Language;

namespace FestivalOps.Blocking.Lockdown;

/// <summary>What is said about lock-downs.</summary>
internal static class LockdownTexts
{
    public static readonly LocalizedText AlsoCalled = new("ロックダウン", "lock-down");

    public static readonly LocalizedText CommandSummary = new("ロックダウン(許可リスト以外の新しい接続を拒否)とその解除", "lock-down: refuse new connections except from the allowlist, and lift it");

    public static readonly LocalizedText Usage = new("\nlift — 解除\nstatus — 現在の状態", "\nlift — lifts it\nstatus — how it stands");

    public static readonly LocalizedText OnlyOneWord = new("`/fops lockdown` の後は `lift` か `status` だけです", "After `/fops lockdown` comes nothing, `lift` or `status`");

    public static readonly LocalizedText NoHosts = new(
        "ロックダウンできるホストがありません。Blocking:Firewalls にホストを設定してください", "There is no host that could be locked down: set Blocking:Firewalls");

    public static readonly LocalizedText NobodyAllowed = new(
        "許可リストが空のため、ロックダウンすると誰も接続できなくなります。Blocking:Lockdown:Allow にオフィスや VPN のアドレスを設定してください",
        "The allowlist is empty, so nobody could connect any more: set Blocking:Lockdown:Allow to the addresses of your office and VPN");

    public static readonly LocalizedText KeepButton = new("維持", "Keep");

    public static readonly LocalizedText TooLate = new("時間切れです。すでに元に戻っています。`/fops lockdown status` で確認できます", "Its time is over and it was taken back; `/fops lockdown status` shows how it stands");

    public static readonly LocalizedText KeptAlready = new("すでに維持されています。戻すには `/fops lockdown` か `/fops lockdown lift` を使ってください", "It was kept already; use `/fops lockdown` or `/fops lockdown lift` to change it");

    public static LocalizedText UnknownWord(string word) => new($"「{word}」はわかりません。`lift` か `status` です", $"\"{word}\" is not known here: `lift` or `status`");

    public static LocalizedText Summary(LockdownStep step) => step == LockdownStep.Lock
        ? new("ロックダウン(許可リスト以外の新しい接続を拒否)", "lock-down: refuses new connections except from the allowlist")
        : new("ロックダウンの解除", "lifts the lock-down");

    public static LocalizedText Title(LockdownStep step) => step == LockdownStep.Lock ? new("ロックダウン中", "Locked down") : new("ロックダウンを解除", "Lock-down lifted");

    public static LocalizedText UndoButton(LockdownStep step) => step == LockdownStep.Lock ? new("今すぐ解除", "Lift now") : new("ロックダウンに戻す", "Lock down again");

    public static LocalizedText Already(LockdownStep step) => step == LockdownStep.Lock ? new("すでにロックダウン中です", "It is locked down already") : new("ロックダウンされていません", "It is not locked down");

    public static LocalizedText Step(LockdownStep step, string host) => step == LockdownStep.Lock
        ? new($"{host}: 許可リスト以外からの新しい接続を拒否します(続いている接続は切りません)", $"{host}: refuse new connections except from the allowlist (connections that are there go on)")
        : new($"{host}: 新しい接続の拒否をやめます", $"{host}: accept new connections again");

    public static LocalizedText ByItself(LockdownStep step, int minutes) => step == LockdownStep.Lock
        ? new($"{minutes} 分以内に「維持」が押されなければ、ホスト自身が自動で解除します", $"unless someone presses Keep within {minutes} minutes, the hosts lift it by themselves")
        : new($"{minutes} 分以内に「維持」が押されなければ、ホスト自身が自動でロックダウンに戻します", $"unless someone presses Keep within {minutes} minutes, the hosts lock down again by themselves");

    public static LocalizedText StillAllowed(string range) => new($"許可: {range}", $"allowed: {range}");

    public static LocalizedText LeftOut(string host, LocalizedText problem) => new($"{host}: 確認できません({problem.Ja})", $"{host}: not known ({problem.En})");

    public static LocalizedText Now(string host, bool isShut) => isShut ? new($"{host}: ロックダウン中", $"{host}: locked down") : new($"{host}: 通常", $"{host}: open");

    public static LocalizedText State(string host, LockdownState state) => state switch
    {
        { IsShut: true, EndsIn: { } left } => new($"{host}: ロックダウン中(あと {Seconds(left)} 秒で自動解除)", $"{host}: locked down, lifts itself in {Seconds(left)} s"),
        { IsShut: true } => new($"{host}: ロックダウン中(許可 {state.Allowed.Count} 件)", $"{host}: locked down, {state.Allowed.Count} allowed"),
        { LiftedFor: { } left } => new($"{host}: 一時解除中(あと {Seconds(left)} 秒でロックダウンに戻ります)", $"{host}: lifted, locks down again in {Seconds(left)} s"),
        _ => Now(host, isShut: false),
    };

    public static LocalizedText Way(string from, string to) => new($"{from} から {to} への新しい接続", $"a new connection from {from} to {to}");

    public static LocalizedText Tried(string host, LocalizedText way) => new($"{host} の「維持」の条件: {way.Ja}ができること", $"{host} is kept only if {way.En} comes about");

    public static LocalizedText NoWay(string host) => new(
        $"{host} は外からの接続を確かめる手段がないため「維持」できません(Blocking:Lockdown:ProbeFrom と ProbeTo を設定してください)",
        $"{host} can't be kept: there is no way to try a connection from outside (set Blocking:Lockdown:ProbeFrom and ProbeTo)");

    public static LocalizedText NotReached(string host, LocalizedText why) => new($"{host} に新しく接続できません: {why.Ja}", $"no new connection to {host}: {why.En}");

    public static LocalizedText NoAnswer(TimeSpan patience) => new($"{Seconds(patience)} 秒待っても応答がありません", $"no answer within {Seconds(patience)} s");

    public static LocalizedText Done(LockdownStep step, string host) => step == LockdownStep.Lock ? new($"{host}: ロックダウンしました", $"{host}: locked down") : new($"{host}: 解除しました", $"{host}: lifted");

    public static LocalizedText NotDone(string host, LocalizedText problem) => new($"{host}: できませんでした。{problem.Ja}", $"{host}: not done. {problem.En}");

    public static LocalizedText Nowhere(LockdownStep step) => step == LockdownStep.Lock ? new("どのホストもロックダウンできませんでした", "No host could be locked down") : new("どのホストも解除できませんでした", "The lock-down could be lifted nowhere");

    public static LocalizedText Begun(LockdownStep step, string end) => step == LockdownStep.Lock
        ? new($"ロックダウンしました。維持しなければ {end} に自動で解除されます", $"Locked down; lifts itself at {end} unless it is kept")
        : new($"ロックダウンを解除しました。維持しなければ {end} に自動で戻ります", $"Lock-down lifted; comes back by itself at {end} unless it is kept");

    public static LocalizedText PressKeep(string end) => new($"このままにするには {end} までに「維持」を押してください", $"Press Keep before {end} to let it stay");

    public static LocalizedText NotKept(LocalizedText problem, string end) => new(
        $"維持しませんでした。{problem.Ja}。{end} に自動で元に戻ります", $"It was not kept: {problem.En}. It is taken back by itself at {end}");

    public static LocalizedText NotUndone(LocalizedText problem, string end) => new(
        $"すべては戻せませんでした。{problem.Ja}。{end} に自動で元に戻ります", $"Not all was taken back: {problem.En}. It is taken back by itself at {end}");

    public static LocalizedText How(LockdownStep step, LockdownEnd end) => (step, end) switch
    {
        (LockdownStep.Lock, LockdownEnd.Kept) => new("ロックダウンを維持しました。解除は `/fops lockdown lift` です", "The lock-down stays; `/fops lockdown lift` lifts it"),
        (LockdownStep.Lock, LockdownEnd.Undone) => new("ロックダウンを解除しました", "The lock-down was lifted"),
        (LockdownStep.Lock, _) => new("維持されなかったため、ロックダウンは自動で解除されました", "Nobody kept the lock-down: it was lifted by itself"),
        (_, LockdownEnd.Kept) => new("ロックダウンの解除を確定しました", "The lock-down is over"),
        (_, LockdownEnd.Undone) => new("ロックダウンに戻しました", "It is locked down again"),
        _ => new("解除が維持されなかったため、自動でロックダウンに戻りました", "Nobody kept the lifting: it is locked down again by itself"),
    };

    private static int Seconds(TimeSpan span) => (int)Math.Ceiling(span.TotalSeconds);
}

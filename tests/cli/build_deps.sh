# script/build-deps installs what is missing, as root or by a sudo that hands no
# variable on, and no package asks anything.
. ./lib.sh
script=$here/../../script/build-deps
mkdir bin

# tool NAME: a program of this name before all others.
tool() {
    { echo '#!/bin/sh' && cat; } >"bin/$1"
    chmod +x "bin/$1"
}
tool dpkg-query <<'X'
for package; do :; done
[ "$package" = zsh ] || [ "$package" = check ] || echo "install ok installed"
X
tool id <<'X'
echo "$USER_ID"
X
tool apt-get <<X
echo "\${DEBIAN_FRONTEND:-} \$*" >>"$work/asked"
X
tool sudo <<X
exec env -i "PATH=$work/bin:$PATH" "\$@"
X
for user in 0 1000; do
    rm -f asked
    USER_ID=$user PATH=$work/bin:$PATH sh "$script" >out 2>err || fail "status $?"
    empty err
    count 1 asked " update -qq"
    count 1 asked "noninteractive install -y -qq --no-install-recommends check zsh"
done

# Without sudo it says what is to be done; with nothing to be done it needs none.
for name in sh env grep; do
    ln -s "$(command -v $name)" bin/
done
rm bin/sudo asked
status=0
USER_ID=1000 PATH=$work/bin "$work/bin/sh" "$script" >out 2>err || status=$?
[ $status = 1 ] || fail "status $status"
count 1 err ""
has err "there is no sudo; as root install check zsh"
[ ! -e asked ] || fail "apt-get was run"
tool dpkg-query <<'X'
echo "install ok installed"
X
USER_ID=1000 PATH=$work/bin "$work/bin/sh" "$script" >out 2>err || fail "status $?"
empty err
